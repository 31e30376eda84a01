/**
 * What must hold for every `action.yml` and every workflow: GitHub's own language service finds nothing (it works
 * offline), and the house rules below it. Each function returns one sentence per finding.
 */
import { isMap, isScalar, type Pair, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml';
import { languageFindings } from './language-service.ts';

export interface MetadataFile {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface ActionSurroundings {
  /** Does a file exist, relative to the folder of the `action.yml`? */
  readonly exists: (path: string) => boolean;
}

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const VERSION_COMMENT = /^\s*v\d+\.\d+\.\d+/;

export async function checkAction(file: MetadataFile, surroundings: ActionSurroundings): Promise<string[]> {
  const document = parseDocument(file.text);
  const findings = [...(await languageFindings(file.path, file.text)), ...stepFindings(document)];
  for (const section of ['inputs', 'outputs']) {
    for (const [name, declaration] of entriesOf(document.get(section))) {
      const description = isMap(declaration) ? declaration.get('description') : undefined;
      if (typeof description !== 'string' || description.trim() === '') {
        findings.push(`${section}.${name} has no description.`);
      }
    }
  }
  const using = document.getIn(['runs', 'using']);
  if (using !== 'node24') {
    findings.push(`runs.using is '${String(using)}'; use node24.`);
  }
  for (const key of ['main', 'pre', 'post']) {
    const program = document.getIn(['runs', key]);
    if (typeof program === 'string' && !surroundings.exists(program)) {
      findings.push(`runs.${key} names ${program}, which does not exist; run: npm run build`);
    }
  }
  // GitHub's marketplace shows the root action only, and wants an icon and a colour for it.
  if (!file.path.includes('/') && !isMap(document.get('branding'))) {
    findings.push('branding is missing.');
  }
  return labelled(file, findings);
}

export async function checkWorkflow(file: MetadataFile): Promise<string[]> {
  const document = parseDocument(file.text);
  const findings = [
    ...(await languageFindings(file.path, file.text)),
    ...stepFindings(document),
    ...jobFindings(document),
  ];
  const permissions = document.get('permissions');
  if (!isMap(permissions) || permissions.items.length > 0) {
    findings.push(
      "permissions at the top are not empty; write 'permissions: {}' and grant per job what it needs.",
    );
  }
  return labelled(file, findings);
}

/** GitHub's own limit of a job is six hours; what hangs should be seen earlier. A called workflow sets its own. */
function jobFindings(document: ReturnType<typeof parseDocument>): string[] {
  return entriesOf(document.get('jobs')).flatMap(([name, job]) =>
    isMap(job) && !job.has('uses') && !job.has('timeout-minutes')
      ? [`jobs.${name} has no timeout-minutes.`]
      : [],
  );
}

/** Rules for `uses` and `run`, wherever they stand. */
function stepFindings(document: ReturnType<typeof parseDocument>): string[] {
  const findings: string[] = [];
  visit(document, {
    Pair(_key, pair) {
      const value = scalarOf(pair);
      if (value === undefined || typeof value.value !== 'string') {
        return;
      }
      if (nameOf(pair.key) === 'uses') {
        findings.push(...usesFindings(value.value, value.comment ?? ''));
      }
      // A value that is pasted into a script is executed by it; `env` passes it as a value.
      if (nameOf(pair.key) === 'run' && value.value.includes('${{')) {
        findings.push(
          `a run script contains an expression; pass the value by env: ${firstLine(value.value)}`,
        );
      }
    },
  });
  return findings;
}

/** `./` is the checkout at hand and `$/` the commit of the workflow itself: neither can move on its own. */
function usesFindings(reference: string, comment: string): string[] {
  const inThisRepository = reference.startsWith('./') || reference.startsWith('$/');
  if (inThisRepository) {
    return [];
  }
  if (!PINNED.test(reference)) {
    return [`uses: ${reference} is not pinned; name the full commit SHA.`];
  }
  return VERSION_COMMENT.test(comment)
    ? []
    : [`uses: ${reference} lacks its version in a comment, such as '# v1.2.3'.`];
}

function entriesOf(map: unknown): [string, unknown][] {
  const known: YAMLMap | undefined = isMap(map) ? map : undefined;
  return (known?.items ?? []).map((pair) => [nameOf(pair.key), pair.value]);
}

function scalarOf(pair: Pair): Scalar | undefined {
  return isScalar(pair.value) ? pair.value : undefined;
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function labelled(file: MetadataFile, findings: readonly string[]): string[] {
  return findings.map((finding) => `${file.path}: ${finding}`);
}
