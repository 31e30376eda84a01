/*
 * A folder seen through a file system that is far away: passes everything through read-only, and waits before each call
 * that a network file system would have to ask its server for. What it tells is true: inode numbers, owners, modes, link
 * counts, and times to the nanosecond are those of the folder. Requests are served by many threads, so that calls made
 * side by side wait side by side.
 *
 *     slowfs <folder> <delay in milliseconds> <mount point> [libfuse options]
 *
 * Stays in the foreground; SIGTERM, SIGINT and SIGHUP unmount and end it.
 */
#define FUSE_USE_VERSION 35
#define _GNU_SOURCE

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

/* The folder as a descriptor: what is mounted over or beside it later changes nothing. */
static int root;
static struct timespec delay;

static void wait_for_server(void)
{
	struct timespec left = delay;

	while (nanosleep(&left, &left) == -1 && errno == EINTR)
		;
}

/* libfuse's paths begin with a slash; the folder itself is `/`. */
static const char *relative(const char *path)
{
	return path[1] == '\0' ? "." : path + 1;
}

/* There is no getxattrat(2) in the C libraries of today, but /proc knows every descriptor as a path. */
static int absolute(char *into, size_t size, const char *path)
{
	int length = snprintf(into, size, "/proc/self/fd/%d/%s", root, relative(path));

	return length < 0 || (size_t)length >= size ? -ENAMETOOLONG : 0;
}

static int result(ssize_t value)
{
	return value == -1 ? -errno : (int)value;
}

/*
 * Seconds for which the kernel need not ask again. Without, each look at a file would ask for every folder on the way to
 * it, eight in a Bitbucket home, which no network file system does: NFS remembers for 3 s at the least. Shorter than the
 * drain of the benchmark all the same, so that what changes before the lock is seen after it.
 */
#define REMEMBERED 0.5

static void *slow_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
	(void)connection;
	/* True inode numbers, in stat(2) and in readdir(3). */
	config->use_ino = 1;
	config->entry_timeout = REMEMBERED;
	config->attr_timeout = REMEMBERED;
	config->negative_timeout = 0;
	return NULL;
}

/* libfuse calls it for each lookup of a name as well. */
static int slow_getattr(const char *path, struct stat *attributes, struct fuse_file_info *file)
{
	(void)file;
	wait_for_server();
	return result(fstatat(root, relative(path), attributes, AT_SYMLINK_NOFOLLOW));
}

static int slow_readlink(const char *path, char *target, size_t size)
{
	ssize_t length;

	wait_for_server();
	length = readlinkat(root, relative(path), target, size - 1);
	if (length == -1)
		return -errno;
	target[length] = '\0';
	return 0;
}

static int slow_opendir(const char *path, struct fuse_file_info *file)
{
	int descriptor;
	DIR *folder;

	wait_for_server();
	descriptor = openat(root, relative(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (descriptor == -1)
		return -errno;
	folder = fdopendir(descriptor);
	if (folder == NULL) {
		int error = errno;

		close(descriptor);
		return -error;
	}
	file->fh = (uintptr_t)folder;
	return 0;
}

/* All names in one go: one wait, as a server sends hundreds of names in one answer. */
static int slow_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
			struct fuse_file_info *file, enum fuse_readdir_flags flags)
{
	DIR *folder = (DIR *)(uintptr_t)file->fh;
	struct dirent *entry;

	(void)path;
	(void)offset;
	(void)flags;
	wait_for_server();
	rewinddir(folder);
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		struct stat attributes = {
			.st_ino = entry->d_ino,
			.st_mode = DTTOIF(entry->d_type),
		};

		if (fill(buffer, entry->d_name, &attributes, 0, 0) != 0)
			return -ENOMEM;
	}
	return -errno;
}

static int slow_releasedir(const char *path, struct fuse_file_info *file)
{
	(void)path;
	closedir((DIR *)(uintptr_t)file->fh);
	return 0;
}

static int slow_open(const char *path, struct fuse_file_info *file)
{
	int descriptor;

	wait_for_server();
	descriptor = openat(root, relative(path), (file->flags & ~O_NOFOLLOW) | O_CLOEXEC);
	if (descriptor == -1)
		return -errno;
	file->fh = (uint64_t)descriptor;
	return 0;
}

/* Contents come without a wait: how fast they travel is no matter of metadata. */
static int slow_read(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *file)
{
	(void)path;
	return result(pread((int)file->fh, buffer, size, offset));
}

static int slow_release(const char *path, struct fuse_file_info *file)
{
	(void)path;
	close((int)file->fh);
	return 0;
}

static int slow_statfs(const char *path, struct statvfs *numbers)
{
	(void)path;
	wait_for_server();
	return result(fstatvfs(root, numbers));
}

static int slow_getxattr(const char *path, const char *name, char *value, size_t size)
{
	char full[PATH_MAX];
	int error = absolute(full, sizeof(full), path);

	wait_for_server();
	return error != 0 ? error : result(lgetxattr(full, name, value, size));
}

static int slow_listxattr(const char *path, char *names, size_t size)
{
	char full[PATH_MAX];
	int error = absolute(full, sizeof(full), path);

	wait_for_server();
	return error != 0 ? error : result(llistxattr(full, names, size));
}

static const struct fuse_operations operations = {
	.init = slow_init,
	.getattr = slow_getattr,
	.readlink = slow_readlink,
	.opendir = slow_opendir,
	.readdir = slow_readdir,
	.releasedir = slow_releasedir,
	.open = slow_open,
	.read = slow_read,
	.release = slow_release,
	.statfs = slow_statfs,
	.getxattr = slow_getxattr,
	.listxattr = slow_listxattr,
};

int main(int argc, char **argv)
{
	double milliseconds;
	char *end;

	if (argc < 4) {
		fprintf(stderr, "usage: %s <folder> <delay in milliseconds> <mount point> [libfuse options]\n", argv[0]);
		return 2;
	}
	milliseconds = strtod(argv[2], &end);
	if (*end != '\0' || !(milliseconds >= 0 && milliseconds < 60000)) {
		fprintf(stderr, "%s is no delay in milliseconds.\n", argv[2]);
		return 2;
	}
	delay.tv_sec = (time_t)(milliseconds / 1e3);
	delay.tv_nsec = (long)((milliseconds - (double)delay.tv_sec * 1e3) * 1e6);
	/* Threads inherit it: without, Linux adds up to 50 microseconds to each wait. */
	prctl(PR_SET_TIMERSLACK, 1L);
	root = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root == -1) {
		perror(argv[1]);
		return 1;
	}
	/* libfuse gets its own arguments: the name, the mount point, and what follows. */
	argv[2] = argv[0];
	return fuse_main(argc - 2, argv + 2, &operations, NULL);
}
