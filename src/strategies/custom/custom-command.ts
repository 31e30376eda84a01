/** Runs one phase of a custom command: with its rights looked at, its time limited, its answer read. */
import { basename } from 'node:path';
import { ActionError, type ErrorCode } from '../../errors.ts';
import type { CommandRunner } from '../../host/command.ts';
import { CommandError } from '../../host/command-error.ts';
import { type Log, printable } from '../../host/log.ts';
import { Redactor } from '../../host/redactor.ts';
import { ShapeError } from '../json-shape.ts';
import { type Answer, LONGEST_ANSWER, NO_ANSWER, parseAnswer } from './answer.ts';
import {
  type CommandSettings,
  type CustomSlot,
  environmentOf,
  mayDoNothing,
  NOTHING_TO_DO,
  type Phase,
  type PhaseCall,
  WRONG_SETTINGS,
} from './protocol.ts';
import { distrust } from './trusted-command.ts';

const FAILED = { home: 'HOME_FAILED', database: 'DB_FAILED' } as const satisfies Record<
  CustomSlot,
  ErrorCode
>;

/** Characters of a wrong answer that an error shows. */
const SHOWN = 80;

export interface CommandHost {
  readonly commands: CommandRunner;
  readonly log: Log;
}

export class CustomCommand {
  readonly settings: CommandSettings;
  readonly #host: CommandHost;
  readonly #redactor = new Redactor();

  constructor(settings: CommandSettings, host: CommandHost) {
    this.settings = settings;
    this.#host = host;
    for (const secret of settings.secrets) {
      this.#redactor.add(secret);
    }
  }

  /**
   * The command is told to end when the signal is aborted or the time is over, and its whole process group is killed when it
   * does not. What it writes to standard error is logged line by line.
   *
   * @throws ActionError that names phase and command: HOME_FAILED or DB_FAILED, CHILD_KILLED, STEP_TIMEOUT, DISK_FULL,
   *   UNSAFE_STATE for a command that others can change; what the signal was aborted with
   */
  async run(phase: Phase, call: PhaseCall, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    const { command } = this.settings;
    const complaint = distrust(command);
    if (complaint !== undefined) {
      throw new ActionError('UNSAFE_STATE', `${command} was not run for phase '${phase}': it ${complaint}.`, {
        advice: 'Correct its rights and run again.',
      });
    }
    const output = await this.#output(phase, call, signal);
    return output === undefined ? NO_ANSWER : this.#read(phase, output);
  }

  /** @returns undefined when it had nothing to do */
  async #output(phase: Phase, call: PhaseCall, signal: AbortSignal | undefined): Promise<string | undefined> {
    const { command, limitMs } = this.settings;
    const { commands, log } = this.#host;
    const lines: string[] = [];
    let length = 0;
    try {
      const { exitCode } = await commands.run(command, [phase], {
        env: environmentOf(phase, this.settings, call),
        deadlineMs: limitMs,
        ...(signal === undefined ? {} : { signal }),
        // An optional phase that the command does not do is no failure.
        okCodes: mayDoNothing(phase) ? [NOTHING_TO_DO] : [],
        onLine: (line) => {
          lines.push(line);
          length += line.length + 1;
          if (length > LONGEST_ANSWER) {
            throw new ShapeError(`has more than ${LONGEST_ANSWER} characters`);
          }
        },
        onErrorLine: (line) => log.info(`${basename(command)} ${phase}: ${this.#redactor.redact(line)}`),
      });
      return exitCode === NOTHING_TO_DO ? undefined : lines.join('\n');
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#failure(phase, error, lines.join('\n'));
    }
  }

  #read(phase: Phase, output: string): Answer {
    try {
      return parseAnswer(phase, output, this.#redactor);
    } catch (error) {
      throw this.#failure(phase, error, output);
    }
  }

  #failure(phase: Phase, error: unknown, output: string): unknown {
    const { command, slot } = this.settings;
    const at = `Phase '${phase}' of ${command}`;
    if (error instanceof ShapeError) {
      return new ActionError(
        FAILED[slot],
        `${at} failed: its answer ${this.#redactor.redact(error.message)}${this.#shown(output)}.`,
        {
          advice:
            'Correct the command: it prints its answer to standard output, and all else to standard error.',
        },
      );
    }
    if (error instanceof CommandError) {
      const code = error.code === 'COMMAND_FAILED' ? FAILED[slot] : error.code;
      const said = this.#redactor.redact(error.message);
      return new ActionError(code, `${at} failed: ${said}`, { advice: adviceFor(error, phase) });
    }
    if (error instanceof ActionError && error.code === 'TOOL_MISSING') {
      return new ActionError(
        FAILED[slot],
        `${at} could not be started: what its first line names is not there.`,
        {
          advice: "Look at the first line of the command, such as '#!/usr/bin/env bash'.",
        },
      );
    }
    return error;
  }

  #shown(output: string): string {
    const beginning = printable(this.#redactor.redact(output)).replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);
    return beginning === '' ? '; it printed nothing' : `; it printed ${beginning}`;
  }
}

function adviceFor({ exitCode }: CommandError, phase: Phase): string {
  if (exitCode === NOTHING_TO_DO) {
    return `The phase '${phase}' has to be done; exit code ${NOTHING_TO_DO} says that there is nothing to do.`;
  }
  return exitCode === WRONG_SETTINGS
    ? 'Correct the inputs that the command is given: its exit code says that it cannot work with them.'
    : 'Its lines in the log say more.';
}
