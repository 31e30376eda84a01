/** Executes one statement after the other, as a batch does: most errors do not end it. */
import { backUp } from './backup.ts';
import { enter } from './catalog.ts';
import type { Value } from './catalog-views.ts';
import { alterDatabase, createDatabase, dropDatabase, kill } from './database-statements.ts';
import { SqlRefusal, within } from './messages.ts';
import { restoreDatabase } from './restore.ts';
import { fileListOnly, headerOnly, verifyOnly } from './restore-lists.ts';
import type { RunContext } from './run-context.ts';
import { answer, isTrue, type ResultSet } from './select.ts';
import type { Expression } from './select-syntax.ts';
import type { Statement } from './statements.ts';

export interface Printer {
  message(line: string): void;
  table(result: ResultSet, noCount: boolean): void;
}

export async function execute(
  statement: Statement,
  context: RunContext,
  printer: Printer,
  settings: { noCount: boolean },
): Promise<void> {
  context.assertAlive();
  switch (statement.kind) {
    case 'set nocount':
      settings.noCount = true;
      return;
    case 'use': {
      const database = enter(context, statement.database);
      context.use(database.name);
      printer.message(`Changed database context to '${database.name}'.`);
      return;
    }
    case 'select':
      if (statement.select.columns.some(({ value }) => value.kind === 'count')) {
        await context.step('select');
      }
      printer.table(answer(statement.select, context), settings.noCount);
      return;
    case 'if': {
      const { condition, yes, no } = statement;
      const value = (expression: Expression): Value =>
        answer(
          { columns: [{ name: '', value: expression }], from: undefined, joins: [], where: [], orderBy: [] },
          context,
        ).rows[0]?.[0] ?? null;
      const chosen = isTrue(condition, value) ? yes : no;
      if (chosen !== undefined) {
        await execute(chosen, context, printer, settings);
      }
      return;
    }
    case 'raiserror':
      throw new SqlRefusal(50_000, statement.level, statement.text);
    case 'kill':
      kill(statement.session, context);
      return;
    case 'create database':
      await createDatabase(statement.database, context);
      return;
    case 'drop database':
      await dropDatabase(statement.database, context);
      return;
    case 'alter database':
      await alterDatabase(statement, context);
      return;
    case 'backup':
      await named('BACKUP DATABASE', async () => await backUp(statement, context));
      return;
    case 'restore database':
      await named('RESTORE DATABASE', async () => await restoreDatabase(statement, context));
      return;
    case 'verifyonly':
      await named(
        'VERIFY DATABASE',
        async () => await verifyOnly(statement.device, statement.options, context),
      );
      return;
    case 'headeronly':
      await named('RESTORE HEADERONLY', () =>
        printer.table(headerOnly(statement.device, context), settings.noCount),
      );
      return;
    case 'filelistonly':
      await named('RESTORE FILELIST', () =>
        printer.table(fileListOnly(statement.device, statement.options, context), settings.noCount),
      );
  }
}

/** What is refused, with what comes after it. */
async function named(name: string, act: () => Promise<void> | void): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw within(name, error);
  }
}
