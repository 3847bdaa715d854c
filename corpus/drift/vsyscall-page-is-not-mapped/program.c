/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
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

int
main(void)
{
	char           line[512];
	FILE           *maps;
	unsigned long  begin;

	page = sysconf(_SC_PAGESIZE);
	maps = fopen("/proc/self/maps", "r");
	if (maps == NULL)
		err(SKIP, "/proc/self/maps");
	begin = 0;
	while (fgets(line, sizeof(line), maps) != NULL)
		if (strstr(line, "[vsyscall]") != NULL)
			begin = strtoul(line, NULL, 16);
	if (begin == 0)
		errx(SKIP, "no [vsyscall] in /proc/self/maps");
	printf("[vsyscall] stands in /proc/self/maps\n");
	report("msync([vsyscall], 1 page, MS_ASYNC)",
	       outcome((void *) begin, page, MS_ASYNC), "ENOMEM");
	exit(status);
}
