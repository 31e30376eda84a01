/** Where the standard chain looks for credentials, told from the environment that it looks at. */

/** One phrase for each source in the chain's order, with what is missing; values are not told, they can be secret. */
export function credentialSources(environment: NodeJS.ProcessEnv): string[] {
  return [keys(environment), profile(environment), webIdentity(environment), ...machine(environment)];
}

function isSet(environment: NodeJS.ProcessEnv, ...names: readonly string[]): boolean {
  return names.every((name) => (environment[name] ?? '') !== '');
}

function keys(environment: NodeJS.ProcessEnv): string {
  if (isSet(environment, 'AWS_PROFILE')) {
    return 'environment (not looked at, since AWS_PROFILE is set)';
  }
  return isSet(environment, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY')
    ? 'environment'
    : 'environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set)';
}

function profile(environment: NodeJS.ProcessEnv): string {
  const name = isSet(environment, 'AWS_PROFILE') ? `"${environment['AWS_PROFILE']}"` : '"default"';
  return `profile ${name} (no usable one in the shared files, ~/.aws/config and ~/.aws/credentials)`;
}

function webIdentity(environment: NodeJS.ProcessEnv): string {
  return isSet(environment, 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN')
    ? 'web identity'
    : 'web identity (AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not both set)';
}

/** A container's own address keeps the chain from asking for the role of the machine below. */
function machine(environment: NodeJS.ProcessEnv): string[] {
  const container = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find(
    (name) => isSet(environment, name),
  );
  if (container !== undefined) {
    return [
      `container (the address in ${container} gave none)`,
      `instance role (not asked, since ${container} is set)`,
    ];
  }
  const disabled =
    isSet(environment, 'AWS_EC2_METADATA_DISABLED') && environment['AWS_EC2_METADATA_DISABLED'] !== 'false';
  return [
    'container (no AWS_CONTAINER_CREDENTIALS_... is set)',
    disabled
      ? 'instance role (not asked, since AWS_EC2_METADATA_DISABLED is set)'
      : 'instance role (the metadata service of this machine gave none)',
  ];
}
