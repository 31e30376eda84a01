/** The one bundle behind all entries. Each loads its own part only, so that starting stays quick. */
export type Operation = 'backup' | 'post' | 'restore' | 'restore-post' | 'cancel';

export async function run(operation: Operation): Promise<void> {
  switch (operation) {
    case 'backup':
      await (await import('./backup.ts')).backup();
      return;
    case 'post':
      await (await import('./post.ts')).post();
      return;
    case 'restore':
      await (await import('./restore.ts')).restore();
      return;
    case 'restore-post':
      await (await import('./restore-post.ts')).restorePost();
      return;
    case 'cancel':
      await (await import('./cancel.ts')).cancel();
  }
}
