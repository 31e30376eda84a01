/** The table of DESIGN.md section 4: which request does what, and everything for which Bitbucket refuses it. */
import type { AccessControl, Caller } from './access.ts';
import {
  type Answer,
  AnswerError,
  emptyAnswer,
  errorAnswer,
  htmlAnswer,
  jsonAnswer,
  textAnswer,
} from './answers.ts';
import type { MaintenanceMachine } from './maintenance-machine.ts';
import { MaintenanceRefusal, type Task } from './maintenance-model.ts';
import type { EndpointName, RecordedRequest } from './requests.ts';

/** What an instance can report of itself besides RUNNING and MAINTENANCE, which follow from the lock. */
export type InstanceState = 'RUNNING' | 'MAINTENANCE' | 'FIRST_RUN' | 'STARTING' | 'STOPPING' | 'ERROR';

export interface Site {
  readonly contextPath: string;
  readonly version: string;
  readonly legacyApiOnly: boolean;
  readonly machine: MaintenanceMachine;
  readonly access: AccessControl;
  /** What `/status` reports. */
  readonly state: () => InstanceState;
  /** False from the moment that it listens until it has started. */
  readonly up: () => boolean;
}

interface Route {
  readonly name: EndpointName;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly open: boolean;
  readonly perform: (site: Site, request: RecordedRequest, caller: Caller | undefined) => Answer;
}

const MAINTENANCE_HEADER = 'x-atlassian-maintenance-token';

const ROUTES: readonly Route[] = [
  { name: 'lock', method: 'POST', path: '/mvc/maintenance/lock', open: false, perform: lock },
  { name: 'unlock', method: 'DELETE', path: '/mvc/maintenance/lock', open: false, perform: unlock },
  { name: 'lockState', method: 'GET', path: '/mvc/maintenance/lock', open: false, perform: lockState },
  { name: 'start', method: 'POST', path: '/mvc/admin/backups', open: false, perform: start },
  {
    name: 'progress',
    method: 'POST',
    path: '/mvc/admin/backups/progress/client',
    open: false,
    perform: progress,
  },
  { name: 'poll', method: 'GET', path: '/mvc/maintenance', open: false, perform: poll },
  { name: 'cancel', method: 'POST', path: '/mvc/maintenance', open: false, perform: cancel },
  { name: 'status', method: 'GET', path: '/status', open: true, perform: status },
  {
    name: 'properties',
    method: 'GET',
    path: '/rest/api/latest/application-properties',
    open: true,
    perform: properties,
  },
  {
    name: 'properties',
    method: 'GET',
    path: '/rest/api/1.0/application-properties',
    open: true,
    perform: properties,
  },
];

/** The endpoint of a request, whether or not it is going to be refused. */
export function endpointOf(contextPath: string, method: string, path: string): EndpointName {
  const local = localPath(contextPath, path);
  return ROUTES.find((route) => route.path === local && route.method === method)?.name ?? 'unknown';
}

/** Does what the request asks for, or refuses it as Bitbucket does. */
export function answer(site: Site, request: RecordedRequest): Answer {
  try {
    return dispatch(site, request);
  } catch (error) {
    if (error instanceof AnswerError) {
      return error.answer;
    }
    if (error instanceof MaintenanceRefusal) {
      return errorAnswer({ conflict: 409, absent: 404, invalid: 400 }[error.reason], error.message);
    }
    throw error;
  }
}

function dispatch(site: Site, request: RecordedRequest): Answer {
  const path = localPath(site.contextPath, request.path);
  if (path === undefined) {
    return htmlAnswer(404, 'HTTP Status 404 - Not Found');
  }
  const known = ROUTES.filter(
    (route) => route.path === path && !(site.legacyApiOnly && path.includes('/latest/')),
  );
  const route = known.find(({ method }) => method === request.method);
  // The status page is served before everything else, the login included.
  if (route?.name === 'status') {
    return route.perform(site, request, undefined);
  }
  if (!site.up()) {
    return htmlAnswer(503, 'Bitbucket is starting up');
  }
  const caller = site.access.identify(request.headers.authorization, path);
  if (known.length === 0) {
    return errorAnswer(404, `No resource is found at ${path}.`);
  }
  if (route === undefined) {
    const allow = known.map(({ method }) => method).join(', ');
    return errorAnswer(405, `${request.method} is not allowed here.`, { headers: { allow } });
  }
  if (!route.open) {
    site.access.requireSysadmin(caller);
  }
  if (route.method !== 'GET') {
    checkMutation(request);
  }
  return route.perform(site, request, caller);
}

/** The path below the context path; undefined for what belongs to another application of the server. */
function localPath(contextPath: string, path: string): string | undefined {
  return path.startsWith(`${contextPath}/`) ? path.slice(contextPath.length) : undefined;
}

/** @throws AnswerError for what a browser could be tricked into sending. */
function checkMutation(request: RecordedRequest): void {
  if (request.headers['x-atlassian-token'] !== 'no-check') {
    throw new AnswerError(textAnswer(403, 'XSRF check failed'));
  }
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AnswerError(errorAnswer(415, `Content type '${type ?? ''}' is not supported.`));
  }
}

function lock({ machine }: Site, _request: RecordedRequest, caller: Caller | undefined): Answer {
  const owner = caller?.owner ?? { name: 'anonymous', displayName: 'anonymous' };
  const { unlockToken } = machine.takeLock(owner);
  return jsonAnswer(202, { unlockToken, owner });
}

function unlock({ machine }: Site, request: RecordedRequest): Answer {
  machine.unlock(request.query['token']);
  return emptyAnswer(202);
}

function lockState({ machine }: Site): Answer {
  return machine.lock === undefined
    ? errorAnswer(404, 'The instance is not locked.')
    : jsonAnswer(200, { owner: machine.lock.owner });
}

function start({ machine }: Site, request: RecordedRequest): Answer {
  if (request.query['external'] !== 'true') {
    return errorAnswer(400, 'Only external backups are simulated.');
  }
  const task = machine.startBackup(header(request, MAINTENANCE_HEADER));
  return jsonAnswer(202, { ...taskBody(task), cancelToken: task.cancelToken });
}

/** While it is locked, only the one who holds the lock may look; afterwards there is no token to ask for. */
function poll({ machine }: Site, request: RecordedRequest): Answer {
  if (machine.lock !== undefined) {
    machine.checkToken(header(request, MAINTENANCE_HEADER));
  }
  const { task } = machine;
  return jsonAnswer(200, {
    ...(task === undefined ? {} : { task: taskBody(task) }),
    'db-state': machine.state('db'),
    'scm-state': machine.state('scm'),
  });
}

function progress({ machine }: Site, request: RecordedRequest): Answer {
  const percentage = request.query['percentage'] ?? '';
  machine.reportProgress(
    request.query['token'],
    /^\d{1,3}$/.test(percentage) ? Number(percentage) : Number.NaN,
  );
  return emptyAnswer(202);
}

function cancel({ machine }: Site, request: RecordedRequest): Answer {
  machine.cancel(request.query['token']);
  return emptyAnswer(202);
}

function status(site: Site): Answer {
  const state = site.state();
  const codes = { RUNNING: 200, MAINTENANCE: 200, FIRST_RUN: 200, STARTING: 503, STOPPING: 503, ERROR: 500 };
  return jsonAnswer(codes[state], { state });
}

/** Like every resource that is not part of the maintenance itself, it is closed to those who do not hold the lock. */
function properties({ machine, version }: Site, request: RecordedRequest): Answer {
  const { lock: held } = machine;
  if (held !== undefined && header(request, MAINTENANCE_HEADER) !== held.unlockToken) {
    return errorAnswer(503, 'Bitbucket is currently unavailable because it is in maintenance mode.');
  }
  return jsonAnswer(200, {
    version,
    buildNumber: '9004001',
    buildDate: '1733300000000',
    displayName: 'Bitbucket',
  });
}

function taskBody(task: Task): Readonly<Record<string, unknown>> {
  return { id: task.id, progress: task.progress, state: task.state, type: 'BACKUP' };
}

function header(request: RecordedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
