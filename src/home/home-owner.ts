/** `home-owner`: whom the restored files are given to. */
import type { CommandRunner } from '../host/command.ts';
import { CommandError } from '../host/command-error.ts';
import type { InputReader } from '../inputs/reader.ts';
import type { Finding } from '../strategies/contract.ts';

export interface HomeOwner {
  readonly user: string;
  readonly group: string;
}

/** Names as useradd(8) takes them, or numbers. */
const NAME = '(?:[A-Za-z_][A-Za-z0-9._-]{0,63}\\$?|\\d{1,10})';
const OWNER = new RegExp(`^(${NAME}):(${NAME})$`);

export function readHomeOwner(inputs: InputReader): HomeOwner | undefined {
  const text = inputs.text('home-owner');
  const [, user, group] = OWNER.exec(text) ?? [];
  if (text !== '' && (user === undefined || group === undefined)) {
    inputs.problem('home-owner', `is '${text}'; use user:group, such as bitbucket:bitbucket.`);
  }
  return user === undefined || group === undefined ? undefined : { user, group };
}

export async function ownerFindings(
  commands: CommandRunner,
  owner: HomeOwner | undefined,
): Promise<readonly Finding[]> {
  if (owner === undefined) {
    return [];
  }
  const findings: Finding[] = [];
  for (const [database, name, what] of [
    ['passwd', owner.user, 'user'],
    ['group', owner.group, 'group'],
  ] as const) {
    if (!(await isKnown(commands, database, name))) {
      findings.push(
        problem(`names the ${what} '${name}', which does not exist on this machine; create it first.`),
      );
    }
  }
  if (findings.length === 0 && process.getuid?.() !== 0) {
    findings.push(
      problem('is given, but only root may give files away; run the runner as root or leave it empty.'),
    );
  }
  return findings;
}

/** Gives everything in a tree away, links themselves and not what they lead to. */
export async function giveAway(
  commands: CommandRunner,
  { user, group }: HomeOwner,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await commands.run('chown', ['--recursive', '--no-dereference', `${user}:${group}`, '--', folder], {
    signal,
  });
}

/** By way of the machine's own lookup, so that users of a directory service count too. */
async function isKnown(
  commands: CommandRunner,
  database: 'passwd' | 'group',
  name: string,
): Promise<boolean> {
  try {
    await commands.run('getent', [database, name], { deadlineMs: 30_000 });
    return true;
  } catch (error) {
    // 2: the name is not known (getent(1)). A number needs no name.
    if (error instanceof CommandError && error.exitCode === 2) {
      return /^\d+$/.test(name);
    }
    throw error;
  }
}

function problem(sentence: string): Finding {
  return { severity: 'error', subject: 'home-owner', message: `Input 'home-owner' ${sentence}` };
}
