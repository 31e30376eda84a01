/** Which step a failure belongs to. */
import type { Span } from '../report/timeline.ts';

/** Of steps side by side the one that failed first; the others were stopped because of it. */
export function firstFailedStep(spans: readonly Span[]): string | undefined {
  return spans
    .filter(({ outcome }) => outcome === 'failed')
    .sort((a, b) => (a.endMs ?? 0) - (b.endMs ?? 0))[0]?.name;
}
