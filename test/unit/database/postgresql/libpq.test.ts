import { describe, expect, it } from 'vitest';
import {
  type ConnectionInputs,
  conninfo,
  libpqEnvironment,
  quoteConninfo,
  serverName,
} from '../../../../src/database/postgresql/libpq.ts';

const NOTHING: ConnectionInputs = {
  host: undefined,
  port: undefined,
  database: undefined,
  username: undefined,
  password: undefined,
};
const EXTRAS = { applicationName: 'bitbucket-backup 1' };

describe('conninfo', () => {
  it('holds every value in quotes, so that a name cannot become a parameter', () => {
    expect(quoteConninfo('host=evil')).toBe("'host=evil'");
    expect(quoteConninfo("o'brien\\ & co")).toBe("'o\\'brien\\\\ & co'");
    expect(quoteConninfo('')).toBe("''");
  });

  it('says nothing about what no input gives', () => {
    expect(conninfo(NOTHING, EXTRAS)).toBe("application_name='bitbucket-backup 1' keepalives_idle='60'");
  });

  it('overrides an address from elsewhere when a host is given', () => {
    expect(conninfo({ ...NOTHING, host: 'db', port: 5433 }, EXTRAS)).toContain(
      "host='db' hostaddr='' port='5433'",
    );
  });

  it('never holds the password', () => {
    const inputs = { ...NOTHING, username: 'u', password: 'sesame' };
    expect(conninfo(inputs, { ...EXTRAS, passwordFile: '/tmp/x' })).toContain(
      "password='' passfile='/tmp/x'",
    );
    expect(conninfo(inputs, { ...EXTRAS, passwordFile: '/tmp/x' })).not.toContain('sesame');
  });
});

describe('libpqEnvironment', () => {
  it('passes on the variables of libpq and nothing else', () => {
    const own = {
      PGHOST: 'db',
      PGSSLMODE: 'require',
      PGSERVICE: 's',
      SECRET: 'x',
      PGCLIENTENCODING: 'LATIN1',
      PGUSER: '',
    };
    expect(libpqEnvironment(NOTHING, undefined, own)).toEqual({
      PGHOST: 'db',
      PGSSLMODE: 'require',
      PGSERVICE: 's',
      PGCONNECT_TIMEOUT: '10',
      PGOPTIONS: '-c statement_timeout=0',
    });
  });

  it('lets the password input win and keeps a timeout that the user chose', () => {
    const own = { PGPASSWORD: 'old', PGCONNECT_TIMEOUT: '30' };
    const environment = libpqEnvironment({ ...NOTHING, password: 'new' }, undefined, own);
    expect(environment['PGPASSWORD']).toBe('new');
    expect(environment['PGCONNECT_TIMEOUT']).toBe('30');
  });

  it('adds to PGOPTIONS what the server knows', () => {
    const own = { PGOPTIONS: '-c work_mem=64MB' };
    expect(libpqEnvironment(NOTHING, 90_224, own)['PGOPTIONS']).toBe(
      '-c work_mem=64MB -c statement_timeout=0',
    );
    expect(libpqEnvironment(NOTHING, 90_524, own)['PGOPTIONS']).toBe(
      '-c work_mem=64MB -c statement_timeout=0 -c lock_timeout=0',
    );
    expect(libpqEnvironment(NOTHING, 150_018, own)['PGOPTIONS']).toBe(
      '-c work_mem=64MB -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0',
    );
    expect(libpqEnvironment(NOTHING, 170_004, own)['PGOPTIONS']).toBe(
      '-c work_mem=64MB -c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c transaction_timeout=0',
    );
  });
});

describe('serverName', () => {
  it('names the inputs first, then what libpq will take', () => {
    expect(serverName({ ...NOTHING, host: 'db', port: 5433 }, { PGHOST: 'other' })).toBe('db:5433');
    expect(serverName(NOTHING, { PGHOST: 'other', PGPORT: '6000' })).toBe('other:6000');
    expect(serverName(NOTHING, { PGSERVICE: 'bitbucket' })).toBe("the host of service 'bitbucket'");
    expect(serverName(NOTHING, {})).toBe('the local default socket:5432');
  });
});
