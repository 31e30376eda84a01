/** Unpacks as whichever user this process has: `unpack-as-this-user.ts <archive> <folder> <parts>`. */
import { MemberList } from '../../../src/archive/member-list.ts';
import { LIST_ARGUMENTS } from '../../../src/archive/member-line.ts';
import { createCommandRunner } from '../../../src/host/command.ts';
import { unpackInParts } from '../../support/unpack-in-parts.ts';

const [archive = '', folder = '', parts = '1'] = process.argv.slice(2);
const list = new MemberList([]);
await createCommandRunner().run('tar', [...LIST_ARGUMENTS, `--file=${archive}`], {
  onLine: (line) => list.line(line),
});
await unpackInParts(archive, folder, { contents: list.finish(), parts: Number(parts) });
