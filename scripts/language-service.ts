/** GitHub's language service for workflows and `action.yml`, as plain sentences. Works offline. */
import { registerHooks } from 'node:module';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DiagnosticSeverity } from 'vscode-languageserver-types';

// The package is published for bundlers and imports JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(
      url,
      url.endsWith('.json')
        ? { ...context, importAttributes: { ...context.importAttributes, type: 'json' } }
        : context,
    ),
});
const { registerLogger } = await import('@actions/languageservice/log');
const { validate } = await import('@actions/languageservice/validate');

// The service puts its own exceptions into its log and then reports no finding; here they are findings.
const exceptions: string[] = [];
registerLogger({ error: (text) => exceptions.push(text), warn: ignore, info: ignore, log: ignore });

/** The service remembers what it parsed by name, so that every call gives another one. */
let documents = 0;

/** @param path where the file lies in its repository; the service tells actions and workflows apart by it. */
export async function languageFindings(path: string, text: string): Promise<string[]> {
  documents += 1;
  const diagnostics = await validate(TextDocument.create(`file:///${documents}/${path}`, 'yaml', 1, text));
  const told = diagnostics
    .filter(({ severity }) => (severity ?? DiagnosticSeverity.Error) <= DiagnosticSeverity.Warning)
    .map(({ message, range }) => {
      const sentence = typeof message === 'string' ? message : message.value;
      return `line ${range.start.line + 1}: ${sentence}`;
    });
  return [...told, ...exceptions.splice(0)];
}

function ignore(): void {}
