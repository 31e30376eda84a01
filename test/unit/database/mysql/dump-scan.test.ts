import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { array, assert, asyncProperty, integer, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutParts } from '../../../../src/database/mysql/dump-cutter.ts';
import { type DumpScan, scanDump } from '../../../../src/database/mysql/dump-scan.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function scan(text: string): Promise<DumpScan> {
  const path = join(temporaryFolder(), 'dump.sql');
  writeFileSync(path, text);
  return await scanDump({ path, compression: 'none' }, new AbortController().signal);
}

/** What of it the client is given. */
async function loaded(text: string): Promise<string> {
  const { cuts } = await scan(text);
  return await textOf(Readable.from([Buffer.from(text)]).pipe(withoutParts(cuts, '')));
}

describe('whole or not', () => {
  it.each([
    ['-- Dump completed on 2026-01-01 10:00:00\n', true],
    ['-- Dump completed', true],
    ['-- Dump completed\n\n', true],
    ['-- Dump completed\nINSERT INTO x VALUES (1);\n', false],
    ['-- Dump completed\n(1),\n', false],
    ["INSERT INTO x VALUES ('-- Dump completed\\n');\n", false],
    ['', false],
  ])('%j: %s', async (text, complete) => {
    expect((await scan(text)).complete).toBe(complete);
  });
});

it('counts tables, and not views; their names are unquoted', async () => {
  const { tables } = await scan(
    '-- Table structure for table `project`\n-- Table structure for table `odd ``x`` ü`\n' +
      '-- Temporary table structure for view `a`\n-- Temporary view structure for view `b`\n-- Final view structure for view `b`\n',
  );
  expect([...tables]).toEqual(['project', 'odd `x` ü']);
});

describe('whose rights things have', () => {
  it.each([
    [
      '/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER a BEFORE INSERT ON b FOR EACH ROW\n',
      '/*!50003 CREATE*/ /*!50017 */ /*!50003 TRIGGER a BEFORE INSERT ON b FOR EACH ROW\n',
    ],
    ['CREATE DEFINER=`ro``ot`@`%` PROCEDURE `x`()\n', 'CREATE  PROCEDURE `x`()\n'],
    ['CREATE DEFINER=`a role` FUNCTION `x`()\n', 'CREATE  FUNCTION `x`()\n'],
    [
      '/*!50106 CREATE*/ /*!50117 DEFINER=`r`@`h`*/ /*!50106 EVENT `e`\n',
      '/*!50106 CREATE*/ /*!50117 */ /*!50106 EVENT `e`\n',
    ],
    ['/*!50013 DEFINER=`r`@`h` SQL SECURITY DEFINER */\n', '/*!50013  SQL SECURITY DEFINER */\n'],
    [
      "INSERT INTO x VALUES ('CREATE DEFINER=`r`@`h` PROCEDURE');\n",
      "INSERT INTO x VALUES ('CREATE DEFINER=`r`@`h` PROCEDURE');\n",
    ],
  ])('%j is loaded as %j', async (text, expected) => {
    expect(await loaded(text)).toBe(expected);
  });
});

it("leaves out what Atlassian's scripts say of the database, and tells it", async () => {
  const text =
    'SET NAMES utf8;\nCREATE DATABASE /*!32312 IF NOT EXISTS*/ `bit``bucket` /*!40100 DEFAULT CHARACTER SET utf8 COLLATE utf8_bin */;\n\nUSE `bit``bucket`;\n-- Dump completed\n';
  expect(await scan(text)).toMatchObject({
    characterSet: 'utf8',
    collation: 'utf8_bin',
    forbidden: undefined,
  });
  expect([...(await scan(text)).databases]).toEqual(['bit`bucket']);
  expect(await loaded(text)).toBe('SET NAMES utf8;\n\n-- Dump completed\n');
});

it('leaves out what only administrators may set, over several lines', async () => {
  const text =
    "/*M!999999\\- enable the sandbox mode */ \nSET @MYSQLDUMP_TEMP_LOG_BIN = @@SESSION.SQL_LOG_BIN;\nSET @@SESSION.SQL_LOG_BIN= 0;\nSET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'a:1-2,\nb:3';\nSELECT 1;\n";
  expect(await loaded(text)).toBe('SELECT 1;\n');
});

it.each([
  'use mysql;',
  'USE `a`;\nUSE `b`;',
  '/*!40000 DROP DATABASE IF EXISTS `a`*/;',
  'create schema x;',
  "  ALTER USER root@localhost IDENTIFIED BY 'x';",
  'CREATE ROLE x;',
])('tells what leads out of the database: %j', async (line) => {
  expect((await scan(`${line}\n-- Dump completed\n`)).forbidden).toBeDefined();
});

it.each([
  "INSERT INTO x VALUES ('a'),\n(1,'USE mysql;');",
  'CREATE TABLE `use` (`database` int);',
  '/*!50001 CREATE VIEW `x` AS SELECT 1 */;',
  '/*!50001 DROP VIEW IF EXISTS `x`*/;',
  'SET @OLD = 1;',
])('lets through what belongs to it: %j', async (line) => {
  expect((await scan(`${line}\n-- Dump completed\n`)).forbidden).toBeUndefined();
});

it('reads lines longer than it looks at, and lines over the ends of chunks', async () => {
  const long = `INSERT INTO x VALUES ('${'x'.repeat(3 * 1024 * 1024)}');\n`;
  const text = `${long}CREATE DEFINER=\`r\`@\`h\` PROCEDURE x()\n${long}-- Table structure for table \`t\`\n-- Dump completed\n`;
  const result = await scan(text);
  expect(result).toMatchObject({ complete: true });
  expect([...result.tables]).toEqual(['t']);
  expect(await loaded(text)).toBe(text.replace('DEFINER=`r`@`h`', ''));
});

it('cuts the same parts whatever pieces the text comes in', async () => {
  const part = record({ keep: string({ maxLength: 8 }), cut: string({ maxLength: 8 }) });
  await assert(
    asyncProperty(array(part), array(integer({ min: 1, max: 9 })), async (parts, sizes) => {
      const cuts: { from: number; to: number }[] = [];
      let whole = Buffer.alloc(0);
      for (const { keep, cut } of parts) {
        const from = whole.length + Buffer.byteLength(keep);
        whole = Buffer.concat([whole, Buffer.from(keep), Buffer.from(cut)]);
        cuts.push({ from, to: whole.length });
      }
      const pieces: Buffer[] = [];
      for (let at = 0, n = 0; at < whole.length; n += 1) {
        const size = sizes[n % Math.max(1, sizes.length)] ?? 3;
        pieces.push(whole.subarray(at, at + size));
        at += size;
      }
      const out = await textOf(Readable.from(pieces).pipe(withoutParts(cuts, 'before ')));
      expect(out).toBe(`before ${parts.map(({ keep }) => keep).join('')}`);
    }),
  );
});
