/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIP       4
#define MAX_PAGES  16

#ifndef SYS_cachestat
#define SYS_cachestat  451
#endif

static int     status = EXIT_SUCCESS;
static size_t  page;

static const char *
outcome(void *addr, size_t length, int flags)
{
	if (msync(addr, length, flags) == 0)
		return "0";
	switch (errno) {
	case EBUSY:
		return "EBUSY";
	case EINVAL:
		return "EINVAL";
	case EIO:
		return "EIO";
	case ENOMEM:
		return "ENOMEM";
	default:
		return "another error";
	}
}

static void
report(const char *what, const char *got, const char *expected)
{
	printf("%s: %s\n", what, got);
	if (strcmp(got, expected) != 0)
		status = EXIT_FAILURE;
}

static const char *
dirty(int fd, size_t pages)
{
	static char  seen[MAX_PAGES + 1];
	uint64_t     range[2], counts[5];

	for (size_t i = 0; i < pages; i++) {
		range[0] = i * page;
		range[1] = page;
		if (syscall(SYS_cachestat, fd, range, counts, 0) == -1)
			err(SKIP, "cachestat");
		seen[i] = counts[1] != 0 ? 'D' : '-';
	}
	seen[pages] = '\0';
	return seen;
}

static char *
map_readable(int fd)
{
	char  *addr;

	addr = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	return addr;
}

int
main(void)
{
	int   writable, readonly;
	char  name[] = "msync-XXXXXX";

	page = sysconf(_SC_PAGESIZE);
	writable = mkstemp(name);
	if (writable == -1)
		err(SKIP, "mkstemp");
	readonly = open(name, O_RDONLY);
	if (unlink(name) == -1)
		err(SKIP, "unlink");
	if (readonly == -1)
		err(SKIP, "open");
	if (write(writable, "fresh", 6) == -1)
		err(SKIP, "write");
	if (strcmp(dirty(writable, 1), "D") != 0)
		errx(SKIP, "pages of files here do not show as dirty");
	printf("the page of the file is dirty, by write(2)\n");
	report("msync(mapping of the O_RDONLY descriptor, MS_SYNC)",
	       outcome(map_readable(readonly), page, MS_SYNC), "0");
	report("dirty afterwards", dirty(writable, 1), "D");
	report("msync(PROT_READ mapping of the O_RDWR descriptor, MS_SYNC)",
	       outcome(map_readable(writable), page, MS_SYNC), "0");
	report("dirty afterwards", dirty(writable, 1), "-");
	exit(status);
}
