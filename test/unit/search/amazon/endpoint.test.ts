import { describe, expect, it } from 'vitest';
import { regionOfHost, serviceOfHost, signingRegion } from '../../../../src/search/amazon/endpoint.ts';

describe('the host of a search server', () => {
  it.each([
    ['search-bitbucket-abcdefghijklmnopqrstuvwxyz.eu-central-1.es.amazonaws.com', 'es', 'eu-central-1'],
    ['vpc-bitbucket-abcdefghijklmnopqrstuvwxyz.us-gov-west-1.es.amazonaws.com', 'es', 'us-gov-west-1'],
    ['vpc-bitbucket-abcdefghijklmnopqrstuvwxyz.cn-northwest-1.es.amazonaws.com.cn', 'es', 'cn-northwest-1'],
    ['vpc-bitbucket-abcdefghijklmnopqrstuvwxyz.eusc-de-east-1.es.amazonaws.eu', 'es', 'eusc-de-east-1'],
    ['search-bitbucket-abcdefghijkl.aos.cn-north-1.on.amazonwebservices.com.cn', 'es', 'cn-north-1'],
    ['SEARCH-Bitbucket-x.AP-Southeast-4.ES.amazonaws.com.', 'es', 'ap-southeast-4'],
    ['search-bitbucket-abcdefghijkl.aos.eu-central-1.on.aws', 'es', 'eu-central-1'],
    ['07tjusf2h91cunochc.us-east-1.aoss.amazonaws.com', 'aoss', 'us-east-1'],
    ['07tjusf2h91cunochc.aoss.us-east-1.on.aws', 'aoss', 'us-east-1'],
  ])('%s is %s in %s', (host, service, region) => {
    expect({ service: serviceOfHost(host), region: regionOfHost(host) }).toEqual({ service, region });
  });

  it.each([
    'search.example.com',
    'localhost',
    '127.0.0.1',
    'eu-central-1.es.amazonaws.com',
    'es.eu-central-1.amazonaws.com',
    'x.eu-central-1.es.amazonaws.com.example.com',
    'x.eu-central-1.es-amazonaws.com',
    'x.eu-central-1.s3.amazonaws.com',
  ])('%s tells neither', (host) => {
    expect([serviceOfHost(host), regionOfHost(host)]).toEqual([undefined, undefined]);
  });
});

describe('the region to sign for', () => {
  const host = 'x.eu-central-1.es.amazonaws.com';
  const environment = { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' };

  it('is the one that was asked for', () => {
    expect(signingRegion(host, { region: 'eu-west-1', environment })).toBe('eu-west-1');
  });

  it('is else the one of the host, wherever the runner is', () => {
    expect(signingRegion(host, { environment })).toBe('eu-central-1');
    expect(signingRegion(host, { region: '', environment })).toBe('eu-central-1');
  });

  it('is else the one of the environment', () => {
    const custom = 'search.example.com';
    expect(signingRegion(custom, { environment })).toBe('us-east-1');
    expect(signingRegion(custom, { environment: { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' } })).toBe(
      'us-east-2',
    );
    expect(signingRegion(custom, { environment: {} })).toBeUndefined();
  });
});
