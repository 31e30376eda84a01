/**
 * Takes the place of `aws-actions/configure-aws-credentials` in act, which has no identity to show to Amazon. As the real
 * one it hands keys on to the steps that follow, and refuses a role and a duration that Amazon would refuse. It masks
 * nothing, so that a test sees what the action itself would tell.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestKey } from '../search/signature-verifying-proxy.ts';

const ACTION = `name: Stand-in for configure-aws-credentials
description: Hands the keys of a test on.
inputs:
  role-to-assume: { description: ARN of the role., required: true }
  aws-region: { description: Region of the session., required: true }
  role-duration-seconds: { description: How long the session lasts., default: '3600' }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        ROLE: \${{ inputs.role-to-assume }}
        REGION: \${{ inputs.aws-region }}
        SECONDS_ASKED: \${{ inputs.role-duration-seconds }}
      run: |
        [[ "$ROLE" =~ ^arn:aws:iam::[0-9]{12}:role/ ]] || { echo "'$ROLE' is no role"; exit 1; }
        [[ "$REGION" =~ ^[a-z]{2}-[a-z]+-[0-9]$ ]] || { echo "'$REGION' is no region"; exit 1; }
        (( SECONDS_ASKED >= 900 && SECONDS_ASKED <= 43200 )) || { echo "$SECONDS_ASKED s is no session"; exit 1; }
        {
          echo "AWS_ACCESS_KEY_ID=$STAND_IN_ACCESS_KEY_ID"
          echo "AWS_SECRET_ACCESS_KEY=$STAND_IN_SECRET_ACCESS_KEY"
          echo "AWS_SESSION_TOKEN=$STAND_IN_SESSION_TOKEN"
          echo "AWS_REGION=$REGION"
          echo "AWS_DEFAULT_REGION=$REGION"
        } >>"$GITHUB_ENV"
`;

export interface AwsCredentialsAction {
  /** The action's folder. */
  readonly folder: string;
  /** For act: what the stand-in hands on. */
  readonly env: Readonly<Record<string, string>>;
}

export function makeAwsCredentialsAction(parent: string, key: TestKey): AwsCredentialsAction {
  const folder = join(parent, 'configure-aws-credentials');
  mkdirSync(folder);
  writeFileSync(join(folder, 'action.yml'), ACTION);
  return {
    folder,
    env: {
      STAND_IN_ACCESS_KEY_ID: key.accessKeyId,
      STAND_IN_SECRET_ACCESS_KEY: key.secretAccessKey,
      STAND_IN_SESSION_TOKEN: key.sessionToken ?? '',
    },
  };
}
