/** The one bundle behind all entries. Each loads its own part only, so that starting stays quick. */
export type Operation = 'backup' | 'post';

export async function run(operation: Operation): Promise<void> {
  switch (operation) {
    case 'backup':
      await (await import('./backup.ts')).backup();
      return;
    case 'post':
      await (await import('./post.ts')).post();
      return;
  }
}
