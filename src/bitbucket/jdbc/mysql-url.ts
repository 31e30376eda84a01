/**
 * The JDBC URLs of MySQL and MariaDB: `jdbc:mysql://host:port/database?options` (Connector/J, "Connection URL Syntax";
 * MariaDB Connector/J, "About MariaDB Connector/J"). A word before the hosts (`replication`, `loadbalance`, `sequential`,
 * `aurora` ...) says how several are used; without one the hosts are tried in turn.
 */
import { decoded, type NetworkUrl, optionsIn, parametersIn, serversIn } from './network-url.ts';

const FORM =
  /^(?<scheme>jdbc:(?:mysql|mariadb):)(?:(?<mode>[\w+-]+):)?\/\/(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<options>.*))?$/s;

export const MYSQL_PORT = 3306;

/** @returns undefined for another or a malformed URL, and for hosts in the form `address=(host=...)` */
export function parseMysqlUrl(url: string): NetworkUrl | undefined {
  const groups = FORM.exec(url)?.groups;
  const servers =
    groups === undefined
      ? undefined
      : serversIn(groups['hosts'] ?? '', { host: 'localhost', port: MYSQL_PORT });
  if (groups === undefined || servers === undefined || /[()=]/.test(groups['hosts'] ?? '')) {
    return undefined;
  }
  const options = optionsIn(groups['options']);
  const mode = groups['mode'];
  return {
    kind: 'mysql',
    scheme: groups['scheme'] ?? '',
    servers,
    database: decoded(groups['database'] ?? '') || undefined,
    options,
    parameters: parametersIn(options, decoded),
    ...(mode === undefined ? {} : { mode }),
  };
}
