/**
 * The environment of our children: what a program needs to find its way, and nothing else. Inputs with passwords,
 * NODE_OPTIONS, LD_PRELOAD, GIT_* and the runner's tokens stay here; what one strategy's tool needs (libpq's variables,
 * say) that strategy passes itself.
 */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'KRB5CCNAME',
  'KRB5_CONFIG',
  // The runner finds and ends orphans of a job by it.
  'RUNNER_TRACKING_ID',
];

export function childEnvironment(
  extra: Readonly<Record<string, string>> = {},
  own: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = own[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  // Messages are read by this program and by whoever asks for help with them: one language, one number format.
  return { ...environment, LC_ALL: 'C.UTF-8', ...extra };
}
