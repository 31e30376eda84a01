/** Signs the calls of the search client. Amazon's libraries are loaded with the first one. */
import type { RequestSigner } from '../search-connection.ts';
import { amazonRefusal } from './refusal.ts';
import { createSigner, type Signer, type SignerOptions } from './signer.ts';

export function requestSigner(options: SignerOptions): RequestSigner {
  let signer: Promise<Signer> | undefined;
  return {
    who: `signed requests (service ${options.service}, region ${options.region})`,
    sign: async (request) => {
      signer ??= createSigner(options);
      return await (await signer).sign(request);
    },
    refusal: amazonRefusal,
  };
}
