/** sqlcmd's own options, as both sqlcmds read them ("sqlcmd utility"); what they do not know, or what would show a password, ends it. */

export interface SqlcmdArguments {
  readonly server: string;
  readonly user: string | undefined;
  readonly trusted: boolean;
  readonly trustCertificate: boolean;
  readonly host: string;
  readonly database: string;
  readonly stopOnError: boolean;
  readonly noVariables: boolean;
  readonly trim: boolean;
  readonly separator: string;
  readonly width: number;
  readonly files: readonly string[];
}

const WITH_VALUE = 'SUHdlswi';
const ALONE = 'ECNbxW';

export class UsageError extends Error {}

export function parseArguments(args: readonly string[]): SqlcmdArguments {
  const values = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    const letter = argument.charAt(1);
    if (!argument.startsWith('-') || letter === '') {
      throw new UsageError(`Sqlcmd: '${argument}': Unknown Option. Enter '-?' for help.`);
    }
    if (ALONE.includes(letter) && argument.length === 2) {
      values.set(letter, '');
    } else if (WITH_VALUE.includes(letter)) {
      const attached = argument.slice(2);
      const value = attached === '' ? args[++at] : attached;
      // The old one takes what begins with a dash for the next option.
      if (value === undefined || value === '' || (attached === '' && value.startsWith('-'))) {
        throw new UsageError(`Sqlcmd: '-${letter}': Missing argument. Enter '-?' for help.`);
      }
      values.set(letter, value);
    } else if (letter === 'P') {
      throw new UsageError('This stand-in takes no password that everybody on the machine can read.');
    } else {
      throw new UsageError(`Sqlcmd: '${argument}': Unknown Option. Enter '-?' for help.`);
    }
  }
  return checked(values);
}

function checked(values: ReadonlyMap<string, string>): SqlcmdArguments {
  if (values.has('E') && values.has('U')) {
    throw new UsageError('Sqlcmd: The -E and the -U/-P options are mutually exclusive.');
  }
  const width = Number(values.get('w') ?? 80);
  if (width <= 8 || width >= 65_536) {
    throw new UsageError(`Sqlcmd: '-w ${width}': value must be greater than 8 and less than 65536.`);
  }
  const server = values.get('S');
  if (server === undefined || !values.has('i')) {
    throw new UsageError('Sqlcmd: The ODBC driver on Linux requires -S; this stand-in reads from -i.');
  }
  return {
    server,
    user: values.get('U'),
    trusted: values.has('E'),
    trustCertificate: values.has('C'),
    host: values.get('H') ?? 'unknown',
    database: values.get('d') ?? 'master',
    stopOnError: values.has('b'),
    noVariables: values.has('x'),
    trim: values.has('W'),
    separator: values.get('s')?.charAt(0) ?? ' ',
    width,
    // A comma parts names of files, whatever is meant.
    files: (values.get('i') ?? '').split(','),
  };
}
