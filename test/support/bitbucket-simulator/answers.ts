/** The shapes in which Bitbucket answers: JSON, its list of errors, HTML pages. */

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Ends the handling of a request with this answer. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: '' };
}

export function textAnswer(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body };
}

export function htmlAnswer(status: number, title: string): Answer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body };
}

/** The body that Bitbucket's REST resources give with every refusal. */
export function errorAnswer(
  status: number,
  message: string,
  details: {
    readonly exceptionName?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Answer {
  const error = { context: null, message, exceptionName: details.exceptionName ?? null };
  return jsonAnswer(status, { errors: [error] }, details.headers);
}
