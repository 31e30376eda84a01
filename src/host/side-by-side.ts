/** Runs partners at the same time. The first failure stops the others; all have ended before it is thrown. */
export async function sideBySide<T>(
  signal: AbortSignal,
  partners: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const stop = new AbortController();
  const shared = AbortSignal.any([signal, stop.signal]);
  const failures: unknown[] = [];
  const settled = await Promise.allSettled(
    partners.map(async (partner) => {
      try {
        return await partner(shared);
      } catch (error) {
        failures.push(error);
        stop.abort(error);
        throw error;
      }
    }),
  );
  if (failures.length > 0) {
    throw failures[0];
  }
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
