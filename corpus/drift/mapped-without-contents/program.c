/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SKIP  4

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

static sigjmp_buf             back;
static volatile sig_atomic_t  caught;

static void
handler(int sig)
{
	caught = sig;
	siglongjmp(back, 1);
}

static const char *
load(const volatile char *addr)
{
	caught = 0;
	if (sigsetjmp(back, 1) == 0)
		(void) *addr;
	switch (caught) {
	case SIGBUS:
		return "SIGBUS";
	case SIGSEGV:
		return "SIGSEGV";
	default:
		return "no signal";
	}
}

int
main(void)
{
	int               fd;
	char              *addr;
	struct sigaction  sa = { .sa_handler = handler };

	page = sysconf(_SC_PAGESIZE);
	if (sigaction(SIGBUS, &sa, NULL) == -1)
		err(SKIP, "sigaction");
	if (sigaction(SIGSEGV, &sa, NULL) == -1)
		err(SKIP, "sigaction");
	fd = memfd_create("file", 0);
	if (fd == -1)
		err(SKIP, "memfd_create");
	if (ftruncate(fd, page) == -1)
		err(SKIP, "ftruncate");
	addr = mmap(NULL, 3 * page, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	            0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	if (mprotect(addr + 2 * page, page, PROT_NONE) == -1)
		err(SKIP, "mprotect");
	report("load from page 0 of a file of one page", load(addr),
	       "no signal");
	report("load from page 1, past the end of the file",
	       load(addr + page), "SIGBUS");
	report("load from page 2, with PROT_NONE", load(addr + 2 * page),
	       "SIGSEGV");
	report("msync(page 0, 3 pages, MS_SYNC)",
	       outcome(addr, 3 * page, MS_SYNC), "0");
	exit(status);
}
