/** What the host name of a search server tells about where it is signed for. */

/** `es` is a domain of Amazon OpenSearch Service, `aoss` a collection of OpenSearch Serverless. */
export type AmazonService = 'es' | 'aoss';

interface AmazonHost {
  readonly service: AmazonService;
  readonly region: string;
}

/** `eu-central-1`, `us-gov-west-1`, `cn-north-1`, `eusc-de-east-1`. */
const REGION = '(?<region>[a-z]{2,4}(?:-[a-z]+)+-\\d+)';

/** Older names have the region before the service, those that also answer by IPv6 have it behind, and `aos` for `es`. */
const HOSTS: readonly RegExp[] = [
  new RegExp(`\\.${REGION}\\.(?<service>es|aoss)\\.amazonaws\\.(?:com|com\\.cn|eu)$`),
  new RegExp(`\\.(?<service>aos|aoss)\\.${REGION}\\.on\\.(?:aws|amazonwebservices\\.(?:com\\.cn|eu))$`),
];

/** @returns undefined for a domain's custom endpoint and for every server that is not Amazon's */
export function serviceOfHost(hostname: string): AmazonService | undefined {
  return amazonHost(hostname)?.service;
}

/** @returns undefined where the name does not hold it */
export function regionOfHost(hostname: string): string | undefined {
  return amazonHost(hostname)?.region;
}

/**
 * The region to sign for: what was asked for, else the host's, else the environment's. The host comes before the
 * environment, because a runner can well stand in another region than the domain, and a name cannot be wrong.
 */
export function signingRegion(
  hostname: string,
  { region, environment }: { readonly region?: string | undefined; readonly environment: NodeJS.ProcessEnv },
): string | undefined {
  const candidates = [
    region,
    regionOfHost(hostname),
    environment['AWS_REGION'],
    environment['AWS_DEFAULT_REGION'],
  ];
  return candidates.find((candidate) => candidate !== undefined && candidate !== '');
}

function amazonHost(hostname: string): AmazonHost | undefined {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const groups = HOSTS.map((host) => host.exec(name)?.groups).find((found) => found !== undefined);
  const region = groups?.['region'];
  return region === undefined
    ? undefined
    : { region, service: groups?.['service'] === 'aoss' ? 'aoss' : 'es' };
}
