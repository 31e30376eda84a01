/** Asks as whichever user this process has: `ask-for-place.ts <folder> <file>`. */
import { assertReadable, placeFindings } from '../../../../src/database/mssql/backup-place.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const place = { here: folder, onServer: '/on/server' };
const findings = [...(await placeFindings(place, false)), ...(await placeFindings(place, true))];
const said = await assertReadable({ here: file, onServer: '/on/server/f' }).then(String, (error: unknown) =>
  error instanceof Error ? error.message : 'something',
);
process.stdout.write(
  JSON.stringify([...findings.map(({ severity, message }) => `${severity}: ${message}`), said]),
);
