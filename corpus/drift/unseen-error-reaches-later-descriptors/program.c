/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SKIP       4
#define MAX_PAGES  16

#define LOOP_CONFIGURE      0x4C0A
#define LOOP_CTL_GET_FREE   0x4C82
#define LO_FLAGS_AUTOCLEAR  4

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

struct loop_config {
	uint32_t  fd;
	uint32_t  block_size;
	uint64_t  info[5];
	uint32_t  numbers[3];
	uint32_t  flags;
	char      names[160];
	uint64_t  init[2];
	uint64_t  reserved[8];
};

static char  device[32];

static int
open_device(int flags)
{
	int  fd;

	fd = open(device, flags);
	if (fd == -1)
		err(SKIP, "%s", device);
	return fd;
}

static int
open_failing_device(void)
{
	static struct loop_config  config;
	int                        control, number, backing, fd;

	control = open("/dev/loop-control", O_RDWR);
	if (control == -1)
		err(SKIP, "/dev/loop-control");
	number = ioctl(control, LOOP_CTL_GET_FREE);
	if (number == -1)
		err(SKIP, "LOOP_CTL_GET_FREE");
	snprintf(device, sizeof(device), "/dev/loop%d", number);
	fd = open_device(O_RDWR);
	backing = memfd_create("backing", MFD_ALLOW_SEALING);
	if (backing == -1)
		err(SKIP, "memfd_create");
	if (ftruncate(backing, MAX_PAGES * page) == -1)
		err(SKIP, "ftruncate");
	config.fd = backing;
	config.flags = LO_FLAGS_AUTOCLEAR;
	if (ioctl(fd, LOOP_CONFIGURE, &config) == -1)
		err(SKIP, "LOOP_CONFIGURE");
	if (fcntl(backing, F_ADD_SEALS, F_SEAL_WRITE) == -1)
		err(SKIP, "F_ADD_SEALS");
	return fd;
}

static char *
map_device(int fd, int prot, size_t pages)
{
	char  *addr;

	addr = mmap(NULL, pages * page, prot, MAP_SHARED, fd, 0);
	if (addr == MAP_FAILED)
		err(SKIP, "mmap");
	return addr;
}

static void
wait_until_written(int fd)
{
	uint64_t         range[2], counts[5];
	struct timespec  tick = { .tv_nsec = 10000000 };

	range[0] = 0;
	range[1] = page;
	do {
		nanosleep(&tick, NULL);
		if (syscall(SYS_cachestat, fd, range, counts, 0) == -1)
			err(SKIP, "cachestat");
	} while (counts[1] + counts[2] != 0);
}

int
main(void)
{
	int   fd;
	char  *early, *late, *later;

	page = sysconf(_SC_PAGESIZE);
	fd = open_failing_device();
	early = map_device(fd, PROT_READ | PROT_WRITE, 2);
	early[0] = 1;
	if (sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE) == -1)
		err(SKIP, "sync_file_range");
	wait_until_written(fd);
	printf("page 0 could not be written back, nobody has been told\n");
	late = map_device(open_device(O_RDWR), PROT_READ | PROT_WRITE, 2);
	report("opened after the error: msync(page 1, 1 page, MS_SYNC)",
	       outcome(late + page, page, MS_SYNC), "EIO");
	report("the same once more", outcome(late + page, page, MS_SYNC),
	       "0");
	later = map_device(open_device(O_RDWR), PROT_READ | PROT_WRITE, 2);
	report("opened after that: msync(page 1, 1 page, MS_SYNC)",
	       outcome(later + page, page, MS_SYNC), "0");
	report("opened before the error: msync(page 1, 1 page, MS_SYNC)",
	       outcome(early + page, page, MS_SYNC), "EIO");
	exit(status);
}
