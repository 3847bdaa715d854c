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
#include <unistd.h>

#define SKIP       4
#define MAX_PAGES  16

#define LOOP_CONFIGURE      0x4C0A
#define LOOP_CTL_GET_FREE   0x4C82
#define LO_FLAGS_AUTOCLEAR  4

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

int
main(void)
{
	int   fd, copy;
	char  *addr, *duplicate, *other, *late;

	page = sysconf(_SC_PAGESIZE);
	fd = open_failing_device();
	copy = dup(fd);
	if (copy == -1)
		err(SKIP, "dup");
	addr = map_device(fd, PROT_READ | PROT_WRITE, 8);
	duplicate = map_device(copy, PROT_READ | PROT_WRITE, 8);
	other = map_device(open_device(O_RDWR), PROT_READ | PROT_WRITE, 8);
	addr[0] = 1;
	printf("page 0 of a device whose writes fail is dirty\n");
	report("msync(page 0, 1 page, MS_SYNC)",
	       outcome(addr, page, MS_SYNC), "EIO");
	report("the same once more", outcome(addr, page, MS_SYNC), "0");
	report("mapped through dup(fd)", outcome(duplicate, page, MS_SYNC),
	       "0");
	report("through another open(), the clean page 7",
	       outcome(other + 7 * page, page, MS_SYNC), "EIO");
	report("the same once more",
	       outcome(other + 7 * page, page, MS_SYNC), "0");
	late = map_device(open_device(O_RDWR), PROT_READ | PROT_WRITE, 8);
	report("through an open() made after the report, page 0",
	       outcome(late, page, MS_SYNC), "0");
	addr[0] = 2;
	printf("page 0 is dirty again\n");
	report("msync(page 0, 1 page, MS_SYNC)",
	       outcome(addr, page, MS_SYNC), "EIO");
	exit(status);
}
