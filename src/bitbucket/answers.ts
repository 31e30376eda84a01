/** Reads what Bitbucket answers, believing nothing: every field may be missing or of another type. */

export interface MaintenanceStatus {
  /** `RUNNING`, `FAILED`, `CANCELED` ...; undefined when no task exists. */
  readonly taskState: string | undefined;
  readonly taskMessage: string | undefined;
  /** `AVAILABLE`, `LATCHED`, `DRAINED`; other words are shown as they are. */
  readonly dbState: string;
  readonly scmState: string;
}

/** Tokens are 40 hex digits; other versions may differ, but a token never holds anything that needs escaping. */
const TOKEN = /^[0-9A-Za-z_-]{8,128}$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function tokenIn(body: unknown, field: 'unlockToken' | 'cancelToken'): string | undefined {
  const value = fieldOf(body, field);
  return typeof value === 'string' && isToken(value) ? value : undefined;
}

export function maintenanceStatusIn(body: unknown): MaintenanceStatus {
  const task = fieldOf(body, 'task');
  return {
    taskState: textOf(task, 'state'),
    taskMessage: textOf(fieldOf(task, 'progress'), 'message'),
    dbState: textOf(body, 'db-state') ?? 'unknown',
    scmState: textOf(body, 'scm-state') ?? 'unknown',
  };
}

export function textOf(body: unknown, field: string): string | undefined {
  const value = fieldOf(body, field);
  return typeof value === 'string' ? value : undefined;
}

/** The display name of whoever holds the lock, when Bitbucket tells it. */
export function ownerIn(body: unknown): string | undefined {
  const owner = fieldOf(body, 'owner');
  return textOf(owner, 'displayName') ?? textOf(owner, 'name') ?? textOf(body, 'ownerName');
}

export function isDrained(status: MaintenanceStatus): boolean {
  return status.dbState === 'DRAINED' && status.scmState === 'DRAINED';
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}
