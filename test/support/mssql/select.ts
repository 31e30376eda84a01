/** Answers a SELECT. */
import { functionValue, sourceRows } from './catalog.ts';
import type { CatalogRow, RowContext, Value } from './catalog-views.ts';
import { SqlRefusal } from './messages.ts';
import type { Condition, Expression, Select } from './select-syntax.ts';

export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

/** Rows of the sources by their aliases; undefined for the missing side of a left join. */
type Joined = ReadonlyMap<string, CatalogRow | undefined>;

export function answer(select: Select, context: RowContext): ResultSet {
  const { from, joins, where, orderBy } = select;
  const columns = select.columns.map(({ name }) => name);
  let rows: Joined[] = [new Map()];
  const columnsOf = new Map<string, readonly string[]>();
  for (const source of [
    ...(from === undefined ? [] : [{ ...from, kind: 'inner' as const, on: [] }]),
    ...joins,
  ]) {
    const found = sourceRows(source.schema, source.name, context);
    columnsOf.set(source.alias, found.columns);
    rows = rows.flatMap((row) => {
      const matching = found.rows
        .map((one) => new Map([...row, [source.alias, one]]))
        .filter((joined) => holds(source.on, joined));
      return matching.length === 0 && source.kind === 'left'
        ? [new Map<string, CatalogRow | undefined>([...row, [source.alias, undefined]])]
        : matching;
    });
  }
  const chosen = rows.filter((row) => holds(where, row));
  const aggregates = select.columns.map(({ value }) => hasAggregate(value));
  if (aggregates.some(Boolean)) {
    return { columns, rows: [select.columns.map(({ value }) => valueOf(value, new Map(), chosen))] };
  }
  const sorted = chosen.toSorted((a, b) =>
    orderBy
      .map((by) => String(valueOf(by, a)).localeCompare(String(valueOf(by, b))))
      .reduce((first, next) => first || next, 0),
  );
  return { columns, rows: sorted.map((row) => select.columns.map(({ value }) => valueOf(value, row))) };

  function holds(condition: Condition, row: Joined): boolean {
    return isTrue(condition, (expression) => valueOf(expression, row));
  }

  function valueOf(expression: Expression, row: Joined, group?: readonly Joined[]): Value {
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'column':
        return columnValue(expression, row);
      case 'count':
        return (group ?? []).length;
      case 'sum':
        return (group ?? []).reduce((sum, one) => sum + Number(valueOf(expression.value, one)), 0);
      case 'cast':
        return cast(valueOf(expression.value, row, group), expression);
      case 'operation': {
        const [left, right] = [expression.left, expression.right].map((side) => valueOf(side, row, group));
        if (left === null || right === null || left === undefined || right === undefined) {
          return null;
        }
        return expression.operator === '*' ? Number(left) * Number(right) : plus(left, right);
      }
      case 'call':
        return functionValue(
          expression.name,
          expression.args.map((argument) => valueOf(argument, row, group)),
          context,
        );
    }
  }

  function columnValue({ table, name }: { table: string | undefined; name: string }, row: Joined): Value {
    const alias = table ?? [...columnsOf.keys()].find((one) => columnsOf.get(one)?.includes(name));
    const known = alias === undefined ? undefined : columnsOf.get(alias);
    if (alias === undefined || known === undefined) {
      throw new SqlRefusal(
        4104,
        16,
        `The multi-part identifier "${table ?? ''}.${name}" could not be bound.`,
      );
    }
    if (!known.includes(name)) {
      throw new SqlRefusal(207, 16, `Invalid column name '${name}'.`);
    }
    return row.get(alias)?.[name] ?? null;
  }
}

export function isTrue(condition: Condition, valueOf: (expression: Expression) => Value): boolean {
  return condition.every((predicate) => {
    if (predicate.kind === 'null') {
      return (valueOf(predicate.value) === null) !== predicate.isNot;
    }
    const [left, right] = [valueOf(predicate.left), valueOf(predicate.right)];
    if (left === null || right === null) {
      return false;
    }
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).toLowerCase() === String(right).toLowerCase()
          ? 0
          : String(left) < String(right)
            ? -1
            : 1;
    switch (predicate.operator) {
      case '=':
        return order === 0;
      case '<>':
        return order !== 0;
      case '<':
        return order < 0;
      case '>':
        return order > 0;
      case '<=':
        return order <= 0;
      default:
        return order >= 0;
    }
  });
}

function hasAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'count':
    case 'sum':
      return true;
    case 'operation':
      return hasAggregate(expression.left) || hasAggregate(expression.right);
    case 'cast':
      return hasAggregate(expression.value);
    case 'value':
    case 'column':
    case 'call':
      return false;
  }
}

function plus(left: string | number, right: string | number): Value {
  return typeof left === 'number' && typeof right === 'number' ? left + right : `${left}${right}`;
}

const TYPES = ['int', 'bigint', 'nvarchar', 'varchar'];

function cast(value: Value, { type, length }: { type: string; length: number | undefined }): Value {
  if (!TYPES.includes(type)) {
    throw new SqlRefusal(243, 16, `Type ${type} is not a defined system type.`);
  }
  if (value === null) {
    return null;
  }
  return type.endsWith('int') ? Number(value) : String(value).slice(0, length ?? 30);
}
