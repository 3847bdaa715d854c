/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SKIP  4

static int     status = EXIT_SUCCESS;
static size_t  page;

enum {
	FUSE_FORGET = 2,
	FUSE_GETATTR = 3,
	FUSE_OPEN = 14,
	FUSE_FSYNC = 20,
	FUSE_INIT = 26,
	FUSE_INTERRUPT = 36,
	FUSE_BATCH_FORGET = 42
};

struct request {
	uint32_t  length;
	uint32_t  opcode;
	uint64_t  unique;
	char      rest[1 << 17];
};

struct reply {
	uint32_t  length;
	int32_t   error;
	uint64_t  unique;
	union {
		struct {
			uint32_t  major, minor, readahead, flags;
			uint16_t  background, congestion;
			uint32_t  max_write, granularity, unused[9];
		} init;
		struct {
			uint64_t  valid, unused, inode, size, rest[4];
			uint32_t  fractions[3], mode, links, more[5];
		} attributes;
		uint64_t  open[2];
	};
};

static const struct {
	const char  *name;
	int         number;
} errors[] = {
	{ "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT },
	{ "EROFS", EROFS }, { "EINTR", EINTR }, { "EBUSY", EBUSY },
	{ "EINVAL", EINVAL }, { "ENOMEM", ENOMEM }
};

#define ERRORS  (sizeof(errors) / sizeof(errors[0]))

static const char *
outcome(void *addr, size_t length, int flags)
{
	if (msync(addr, length, flags) == 0)
		return "0";
	for (size_t i = 0; i < ERRORS; i++)
		if (errors[i].number == errno)
			return errors[i].name;
	return "another error";
}

static void
report(const char *what, const char *got, const char *expected)
{
	printf("%s: %s\n", what, got);
	if (strcmp(got, expected) != 0)
		status = EXIT_FAILURE;
}

static void
serve(int device)
{
	static struct request  request;
	struct reply           reply;
	size_t                 answered, body;

	answered = 0;
	while (read(device, &request, sizeof(request)) > 0) {
		memset(&reply, 0, sizeof(reply));
		body = 0;
		switch (request.opcode) {
		case FUSE_FORGET:
		case FUSE_BATCH_FORGET:
		case FUSE_INTERRUPT:
			continue;
		case FUSE_INIT:
			reply.init.major = 7;
			reply.init.minor = 31;
			reply.init.max_write = 4096;
			body = sizeof(reply.init);
			break;
		case FUSE_GETATTR:
			reply.attributes.inode = 1;
			reply.attributes.size = page;
			reply.attributes.mode = S_IFREG | 0600;
			reply.attributes.links = 1;
			body = sizeof(reply.attributes);
			break;
		case FUSE_OPEN:
			body = sizeof(reply.open);
			break;
		case FUSE_FSYNC:
			reply.error = -errors[answered++ % ERRORS].number;
			break;
		default:
			reply.error = -ENOSYS;
			break;
		}
		reply.length = offsetof(struct reply, init) + body;
		reply.unique = request.unique;
		if (write(device, &reply, reply.length) == -1)
			break;
	}
	exit(SKIP);
}

static int
open_served(pid_t *server)
{
	int   device, fd;
	char  options[100];

	if (unshare(CLONE_NEWNS) == -1)
		err(SKIP, "unshare");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
		err(SKIP, "mount");
	device = open("/dev/fuse", O_RDWR);
	if (device == -1)
		err(SKIP, "/dev/fuse");
	snprintf(options, sizeof(options),
	         "fd=%d,rootmode=100600,user_id=0,group_id=0", device);
	if (mount("msync", "/dev/null", "fuse", 0, options) == -1)
		err(SKIP, "mount");
	*server = fork();
	if (*server == -1)
		err(SKIP, "fork");
	if (*server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(device);
	}
	close(device);
	fd = open("/dev/null", O_RDWR);
	if (fd == -1)
		err(SKIP, "open");
	return fd;
}

int
main(void)
{
	int    fd;
	char   *addr, what[64];
	pid_t  server;

	page = sysconf(_SC_PAGESIZE);
	fd = open_served(&server);
	addr = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	report("msync(addr, 1 page, MS_ASYNC)",
	       outcome(addr, page, MS_ASYNC), "0");
	for (size_t i = 0; i < ERRORS; i++) {
		snprintf(what, sizeof(what), "the file answers %s, MS_SYNC",
		         errors[i].name);
		report(what, outcome(addr, page, MS_SYNC), errors[i].name);
	}
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	exit(status);
}
