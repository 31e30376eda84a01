import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redactor } from '../../../src/host/redactor.ts';

function redactorFor(...secrets: readonly string[]): Redactor {
  const redactor = new Redactor();
  secrets.forEach((secret) => redactor.add(secret));
  return redactor;
}

const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'URL-encoded': (secret) => encodeURIComponent(secret),
  'form-encoded': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
};

/** Without `*`, which the mask itself is made of. */
const secretText = fc
  .string({ unit: 'grapheme', minLength: 3, maxLength: 40 })
  .filter((secret) => !secret.includes('*') && secret.trim().length >= 3);

test.each(Object.entries(FORMS))('no secret survives %s, wherever it stands', (_name, formOf) => {
  fc.assert(
    fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
      const form = formOf(secret);
      fc.pre(!before.includes(form) && !after.includes(form));
      expect(redactorFor(secret).redact(before + form + after)).not.toContain(form);
    }),
    { numRuns: 300 },
  );
});

test('no secret survives beside others, in whatever order they were told', () => {
  fc.assert(
    fc.property(fc.array(secretText, { minLength: 1, maxLength: 4 }), (secrets) => {
      const text = secrets
        .flatMap((secret) => Object.values(FORMS).map((formOf) => formOf(secret)))
        .join(' | ');
      const redacted = redactorFor(...secrets).redact(text);
      for (const secret of secrets) {
        expect(redacted).not.toContain(secret);
      }
    }),
  );
});

test('a secret that contains another leaves no rest behind', () => {
  expect(redactorFor('hunter', 'hunter2-long').redact('hunter2-long')).toBe('***');
});

test('each line of a secret of many lines is one', () => {
  const key = '-----BEGIN KEY-----\nMIIEvQ\r\nQIBADAN\n-----END KEY-----';
  const redacted = redactorFor(key).redact('read MIIEvQ and QIBADAN');
  expect(redacted).toBe('read *** and ***');
});

test('user and password are taken out as they travel in a header', () => {
  const redactor = new Redactor();
  redactor.addBasicCredentials('backup', 'hunter2');
  const header = `Basic ${Buffer.from('backup:hunter2').toString('base64')}`;
  expect(redactor.redact(header)).toBe('Basic ***');
  expect(redactor.redact('hunter2')).toBe('***');
});

test('letters outside ASCII are taken out of headers too', () => {
  const redactor = new Redactor();
  redactor.addBasicCredentials('jürgen', 'pä:ß');
  expect(redactor.redact(Buffer.from('jürgen:pä:ß').toString('base64'))).toBe('***');
});

test('a secret that holds replacement patterns of String.replace is taken out whole', () => {
  expect(redactorFor('$&$1').redact('a $&$1 b')).toBe('a *** b');
});

test('text without secrets stays as it is, and short words are not secrets', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(new Redactor().redact(text)).toBe(text);
    }),
  );
  expect(redactorFor('', 'x', 'ab').redact('ab x')).toBe('ab x');
});

test('the runner is told each secret as it was given', () => {
  const told: string[] = [];
  const redactor = new Redactor({ onSecret: (secret) => told.push(secret) });
  redactor.add('first\nsecond');
  redactor.addBasicCredentials('user', 'third');
  expect(told).toEqual(['first\nsecond', 'third']);
});
