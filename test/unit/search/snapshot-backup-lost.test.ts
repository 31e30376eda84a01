import { constants } from 'node:crypto';
import { createServer } from 'node:https';
import { expect, onTestFinished, test } from 'vitest';
import { createCommandRunner } from '../../../src/host/command.ts';
import { SnapshotBackup } from '../../../src/search/snapshot-backup.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { failureOf } from '../../support/failure.ts';
import { createMemoryLog } from '../../support/memory-log.ts';
import { startHttpServer } from '../../support/search/http-server.ts';
import {
  INDEX,
  listAnswer,
  REPOSITORY,
  SNAPSHOT,
  SNAPSHOT_PATH,
  statusAnswer,
} from '../../support/search/snapshot-answers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('a snapshot that has begun is to be deleted, though the last call has not reached the server', async () => {
  const tls = await makeCertificate(temporaryFolder());
  const other = await makeCertificate(temporaryFolder());
  // A session that is resumed would show no certificate again.
  const once = { maxVersion: 'TLSv1.2' as const, secureOptions: constants.SSL_OP_NO_TICKET };
  const server = createServer({ ...tls, ...once }, (request, response) => {
    response.setHeader('connection', 'close');
    if (request.url === SNAPSHOT_PATH && request.method === 'GET') {
      // From here on no connection can be opened any more.
      server.setSecureContext({ ...other, ...once });
      response.end(JSON.stringify(listAnswer().body));
    } else {
      response.end(JSON.stringify(request.method === 'GET' ? statusAnswer().body : {}));
    }
  });
  const listening = await startHttpServer(server);
  const { log, lines } = createMemoryLog();
  const backup = new SnapshotBackup(
    {
      strategy: 'fs',
      connection: {
        url: listening.url.replace('http:', 'https:'),
        credentials: { kind: 'none' },
        ca: tls.cert,
      },
      indices: [INDEX],
      repository: { name: REPOSITORY, type: 'fs', place: [], settings: {} },
    },
    {
      log,
      commands: createCommandRunner(),
      backupId: 'Bitbucket-20261126-020000-000',
      backupRoot: '/nowhere',
      progress: () => undefined,
    },
  );
  onTestFinished(async () => {
    await backup.close();
    await listening.close();
  });
  const captured = await backup.capture(new AbortController().signal);
  const error = await failureOf(captured.settle(new AbortController().signal));
  expect(error).toMatchObject({ code: 'TLS_UNTRUSTED', maybeSent: false });
  expect(lines.at(-1)).toMatch(
    new RegExp(
      `^warning: The search snapshot '${SNAPSHOT}' .* could not be deleted, and is to be deleted by hand`,
    ),
  );
});
