/** Everything about a database that is there before anything is restored to it, and has to be there after a discard. */
import { databaseFingerprint, type SqlRunner } from './database-fingerprint.ts';

/** `absent` when there is none of that name. */
export async function databaseState(postgres: SqlRunner, name: string): Promise<unknown> {
  const row = await postgres.sql('postgres', `${ROW} ${sqlLiteral(name)};`);
  if (row === '') {
    return 'absent';
  }
  return {
    row,
    inside: await postgres.sql(conninfoOf(name), INSIDE),
    content: await databaseFingerprint(postgres, conninfoOf(name)),
  };
}

/** Owner of each object that somebody has made in it, without doubles. */
export async function ownersIn(postgres: SqlRunner, name: string): Promise<readonly string[]> {
  return (await postgres.sql(conninfoOf(name), OWNERS)).split('\n').filter((line) => line !== '');
}

/** Each comment with what it is about. */
export async function commentsIn(postgres: SqlRunner, name: string): Promise<string> {
  return await postgres.sql(conninfoOf(name), COMMENTS);
}

/** A database by its name, whatever that is: psql takes a bare one for a connection string, an address or an option. */
export function conninfoOf(name: string): string {
  return `dbname='${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function sqlLiteral(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

const ROW = `SELECT json_build_array(pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate, datctype,
  datlocprovider, daticulocale, datacl, datconnlimit, shobj_description(d.oid, 'pg_database'),
  (SELECT json_agg(s.setconfig) FROM pg_db_role_setting s WHERE s.setdatabase = d.oid))
  FROM pg_database d WHERE datname =`;

const INSIDE = `SELECT json_build_array(
  (SELECT json_agg(extname ORDER BY extname) FROM pg_extension),
  (SELECT json_agg(json_build_array(nspname, pg_get_userbyid(nspowner), nspacl) ORDER BY nspname)
    FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'),
  (SELECT json_agg(oid::regprocedure::text ORDER BY 1) FROM pg_proc WHERE oid >= 16384),
  (SELECT json_agg(oid::regtype::text ORDER BY 1) FROM pg_type WHERE oid >= 16384));`;

const OWNERS = `SELECT DISTINCT pg_get_userbyid(owner) FROM (
  SELECT relowner AS owner FROM pg_class WHERE oid >= 16384 UNION ALL
  SELECT proowner FROM pg_proc WHERE oid >= 16384 UNION ALL
  SELECT typowner FROM pg_type WHERE oid >= 16384 UNION ALL
  SELECT nspowner FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_' UNION ALL
  SELECT lomowner FROM pg_largeobject_metadata) AS owners;`;

const COMMENTS = `SELECT pg_describe_object(classoid, objoid, objsubid) || ': ' || description
  FROM pg_description WHERE objoid >= 16384 ORDER BY 1;`;
