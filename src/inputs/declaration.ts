/** What is said of an input where it is declared. */

export type ActionName = 'backup' | 'restore' | 'cancel';

export interface InputDeclaration {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly actions: readonly ActionName[];
  /** Where it means something else in one of these actions. */
  readonly differs?: Readonly<
    Partial<Record<ActionName, Pick<InputDeclaration, 'description' | 'required'>>>
  >;
  /** `slot:strategy` for an input that only these strategies read; with another one it is an error, not ignored. */
  readonly strategies?: readonly string[];
}

/** Which actions an input belongs to. */
export const BACKUP: readonly ActionName[] = ['backup'];
export const RESTORE: readonly ActionName[] = ['restore'];
export const CANCEL: readonly ActionName[] = ['cancel'];
export const BACKUP_AND_RESTORE: readonly ActionName[] = ['backup', 'restore'];
export const BACKUP_AND_CANCEL: readonly ActionName[] = ['backup', 'cancel'];
export const ALL: readonly ActionName[] = ['backup', 'restore', 'cancel'];
