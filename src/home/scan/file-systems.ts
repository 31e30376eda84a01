/**
 * Which file systems keep time stamps that a scan can rely on. Numbers are those of statfs(2), from the kernel's
 * `include/uapi/linux/magic.h` and the file systems' own headers.
 */

/** `local`: cached attributes are those of the disk. `network`: they are fresh only of what has just been opened. */
export type FileSystemKind = 'local' | 'network';

const KINDS = new Map<number, FileSystemKind>([
  [0xef53, 'local'], // ext2, ext3, ext4
  [0x58465342, 'local'], // XFS
  [0x9123683e, 'local'], // btrfs
  [0x2fc12fc1, 'local'], // ZFS
  [0xf2f52010, 'local'], // F2FS
  [0x3153464a, 'local'], // JFS
  [0xca451a4e, 'local'], // bcachefs
  [0x6969, 'network'], // NFS
  [0x65735546, 'network'], // FUSE: GlusterFS, sshfs and others
  [0x00c36400, 'network'], // CephFS
  [0x0bd00bd0, 'network'], // Lustre
  [0x01161970, 'network'], // GFS2
  [0x7461636f, 'network'], // OCFS2
  [0x47504653, 'network'], // GPFS
]);

/** @returns undefined for one that is not known to keep what is needed, such as tmpfs, overlayfs or SMB */
export function fileSystemKind(type: number): FileSystemKind | undefined {
  // As an unsigned number: the kernel's is a signed word on some machines.
  return KINDS.get(type >>> 0);
}

/** ms for each kind of file system. */
export type TrustMargins = Readonly<Record<FileSystemKind, number>>;

/** Time stamps are rounded to ticks of some ms, or to seconds; and the clock of a server may be behind ours. */
export const TRUST_MARGINS: TrustMargins = { local: 2_000, network: 60_000 };
