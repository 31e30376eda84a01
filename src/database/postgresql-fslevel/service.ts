/** Stops and starts the service of a database, by systemd where it runs, by `service` elsewhere. */
import { ActionError } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import { findProgram } from '../../host/tools.ts';

export interface Service {
  readonly name: string;
  /** For messages: `systemctl` or `service`. */
  readonly manager: string;
  isRunning(): Promise<boolean>;
  stop(signal?: AbortSignal): Promise<void>;
  start(): Promise<void>;
}

/** A database that was stopped hard may take long to recover. */
const LIMIT_MS = 10 * 60_000;
const QUESTION_MS = 30_000;

/** As systemctl(1), "Exit status", and the LSB's "Init Script Actions" number them: not running, for whatever reason. */
const NOT_RUNNING = [1, 2, 3];

/** @returns what is wrong, to be told of the input, when neither of the two knows the service */
export async function findService(
  commands: CommandRunner,
  name: string,
): Promise<Service | { readonly complaint: string }> {
  const systemctl = findProgram('systemctl');
  const state = systemctl === undefined ? undefined : await loadState(commands, systemctl, name);
  if (systemctl !== undefined && state !== undefined) {
    return state === 'loaded'
      ? serviceBy(
          commands,
          { name, manager: 'systemctl', argumentsFor: (verb) => [verb, '--', name] },
          systemctl,
        )
      : {
          complaint: `is '${name}', a unit that systemd does not have (${state}); systemctl list-units names them.`,
        };
  }
  const service = findProgram('service');
  if (service === undefined) {
    return { complaint: `cannot be used: neither systemctl nor service works here.` };
  }
  const found = serviceBy(
    commands,
    { name, manager: 'service', argumentsFor: (verb) => [name, verb] },
    service,
  );
  const { exitCode } = await commands.run(service, [name, 'status'], {
    deadlineMs: QUESTION_MS,
    // 4: unknown; others are asked for their meaning below.
    okCodes: [...NOT_RUNNING, 4],
  });
  return exitCode === 1 || exitCode === 4
    ? { complaint: `is '${name}', which 'service ${name} status' does not know.` }
    : found;
}

/** @returns undefined where systemctl is installed and systemd does not run, as in a container */
async function loadState(
  commands: CommandRunner,
  systemctl: string,
  name: string,
): Promise<string | undefined> {
  const { exitCode, stdout } = await commands.run(
    systemctl,
    ['show', '--property=LoadState', '--value', '--', name],
    // 1: "System has not been booted with systemd".
    { deadlineMs: QUESTION_MS, okCodes: [1] },
  );
  const state = stdout.trim();
  return exitCode === 0 && state !== '' ? state : undefined;
}

function serviceBy(
  commands: CommandRunner,
  {
    name,
    manager,
    argumentsFor,
  }: {
    readonly name: string;
    readonly manager: 'systemctl' | 'service';
    readonly argumentsFor: (verb: string) => readonly string[];
  },
  program: string,
): Service {
  const status = manager === 'systemctl' ? ['is-active', '--quiet', '--', name] : argumentsFor('status');
  const change = async (verb: 'stop' | 'start', signal?: AbortSignal): Promise<void> => {
    try {
      await commands.run(program, argumentsFor(verb), {
        deadlineMs: LIMIT_MS,
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (!(error instanceof ActionError)) {
        throw error;
      }
      throw new ActionError(
        'DB_FAILED',
        `Service '${name}' could not be ${verb === 'stop' ? 'stopped' : 'started'}: ${error.message}`,
        {
          advice: `Look at its log, and ${verb} it by hand.`,
          cause: error,
        },
      );
    }
  };
  return {
    name,
    manager,
    isRunning: async () => {
      const { exitCode } = await commands.run(program, status, {
        deadlineMs: QUESTION_MS,
        okCodes: NOT_RUNNING,
      });
      return exitCode === 0;
    },
    stop: async (signal) => await change('stop', signal),
    start: async () => await change('start'),
  };
}
