import { expect, test } from 'vitest';
import { partnerFindings } from '../../../src/pipeline/partner-findings.ts';
import type { BackupStrategy } from '../../../src/strategies/contract.ts';

async function nothing(): Promise<never> {
  return await Promise.reject(new Error('not called'));
}

function strategy(name: string, changes: Partial<BackupStrategy>): BackupStrategy {
  return {
    name,
    atomic: false,
    preflight: nothing,
    spaceNeeds: nothing,
    prepare: nothing,
    capture: nothing,
    ...changes,
  };
}

const RIDER = strategy('postgresql-fslevel', { atomic: true, goesWithHome: true });

test('a database that lies in the snapshot of the home needs a home that takes one', () => {
  expect(partnerFindings({ home: strategy('btrfs', { atomic: true }), database: RIDER })).toEqual([]);
  expect(partnerFindings({ home: strategy('rsync', {}), database: RIDER })).toEqual([
    {
      severity: 'error',
      subject: 'database-strategy',
      message:
        "Input 'database-strategy' is 'postgresql-fslevel', which lies in the snapshot of the home, and home-strategy 'rsync' takes none; choose another one of the two.",
    },
  ]);
});

test('none is atomic, and takes no snapshot', () => {
  expect(partnerFindings({ home: strategy('none', { atomic: true }), database: RIDER })).toHaveLength(1);
});

test('any other database goes with any home', () => {
  const database = strategy('postgresql', { atomic: true });
  expect(partnerFindings({ home: strategy('rsync', {}), database })).toEqual([]);
});
