/** Makes new names in a folder survive a power failure. */
import { open } from 'node:fs/promises';

export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
