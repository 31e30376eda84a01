import { run } from '../app/index.js';
await run('restore-post');
