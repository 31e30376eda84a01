/** Indices as Bitbucket has them, put onto a search server and looked at by plain HTTP, without any code of ours. */

export interface FixtureServer {
  /** Where the test itself talks to the server, past any proxy. */
  readonly url: string;
  /** Elasticsearch below 7 wants a type with each document. */
  readonly typed: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface IndexSize {
  readonly documents: number;
  readonly shards?: number;
  /** Of each document. */
  readonly bytes?: number;
}

export class SearchFixture {
  readonly #server: FixtureServer;

  constructor(server: FixtureServer) {
    this.#server = server;
  }

  /** @returns what the server answered, whatever its status */
  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.#server.url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...this.#server.headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  async tell(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  async makeIndex(
    name: string,
    alias: string,
    { documents, shards = 2, bytes = 40 }: IndexSize,
  ): Promise<void> {
    await this.tell('PUT', `/${name}`, {
      settings: { number_of_shards: shards, number_of_replicas: 0 },
      aliases: { [alias]: {} },
    });
    await this.addDocuments(name, { from: 0, to: documents, bytes });
  }

  /** Text that hardly compresses, so that a snapshot has something to copy. */
  async addDocuments(
    index: string,
    { from, to, bytes = 40 }: { from: number; to: number; bytes?: number },
  ): Promise<void> {
    const type = this.#server.typed ? { _type: 'doc' } : {};
    const lines: string[] = [];
    for (let id = from; id < to; id += 1) {
      lines.push(JSON.stringify({ index: { _index: index, _id: String(id), ...type } }));
      lines.push(
        JSON.stringify({ repositoryId: id % 7, path: `src/file-${id}.ts`, content: noise(id, bytes) }),
      );
    }
    const answer = await this.tell('POST', '/_bulk?refresh=true', `${lines.join('\n')}\n`);
    if (pick(answer, 'errors') !== false) {
      throw new Error(`Documents were refused: ${JSON.stringify(answer).slice(0, 500)}`);
    }
  }

  /** Everything about an index that a user of it sees; `undefined` when there is none. */
  async fingerprint(index: string): Promise<unknown> {
    const found = await this.ask('GET', `/${index}/_search?size=5000`);
    if (found.status === 404) {
      return undefined;
    }
    const hits = pick(pick(found.body, 'hits'), 'hits');
    const documents = Array.isArray(hits)
      ? hits.map((hit: unknown) => [pick(hit, '_id'), pick(hit, '_source')]).sort(byId)
      : [];
    return {
      documents,
      aliases: await this.tell('GET', `/${index}/_alias`),
      mapping: await this.tell('GET', `/${index}/_mapping`),
    };
  }

  /** Indices, repositories and with them the knowledge of their snapshots. */
  async clear(): Promise<void> {
    await this.ask('DELETE', '/bitbucket*');
    for (const name of await this.repositories()) {
      const { body } = await this.ask('GET', `/_snapshot/${name}/_all`);
      for (const snapshot of snapshotNames(body)) {
        await this.ask('DELETE', `/_snapshot/${name}/${snapshot}`);
      }
      await this.ask('DELETE', `/_snapshot/${name}`);
    }
  }

  async snapshots(repository: string): Promise<readonly string[]> {
    const { body } = await this.ask('GET', `/_snapshot/${repository}/_all`);
    return snapshotNames(body).sort();
  }

  async repositories(): Promise<readonly string[]> {
    const found = await this.tell('GET', '/_snapshot');
    return typeof found === 'object' && found !== null ? Object.keys(found).sort() : [];
  }
}

function noise(seed: number, bytes: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < bytes) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += state.toString(36);
  }
  return text.slice(0, bytes);
}

function snapshotNames(body: unknown): string[] {
  const snapshots = pick(body, 'snapshots');
  return Array.isArray(snapshots) ? snapshots.map((one: unknown) => String(pick(one, 'snapshot'))) : [];
}

function byId([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return Number(one) - Number(other);
}

function pick(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
