// SPDX-License-Identifier: MIT
/*
 * 273 test vectors for msync(2) from the profile linux-6.18 of msyncspec 0.1.0.
 * The profile: Linux 6.17 and later; measured on 6.18.44, source read in 6.12
 * and 7.2. Made by msyncspec vectors; change the tool, not this file.
 * Each vector maps some pages, calls msync(2) once in a process of its own, and
 * compares what it answers with what the profile allows. Reports in KTAP. Exits
 * with 0 if all that could be run are as expected, 1 if some are not, 4 if none
 * could be run. Needs libc and Linux; no privileges, any page size. Build with
 *	gcc -static -Wall -Wextra -Werror -o runner FILE
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE		sysconf(_SC_PAGESIZE)
#define RW		(PROT_READ | PROT_WRITE)
#define BIT(outcome)	(1ULL << (outcome))

enum { TIMEOUT = 10 /* seconds */, MOST = 4 /* files, maps of one vector */ };
enum { OTHER_ERROR = 62, CRASH = 63 };	/* outcomes, with 0 and errnos */
enum { ZERO = 0, ARENA = 1, MINUS_ADDR = -1 };
enum backing { NO_FILE, MEMFD, PERF, SERVER, UNSUPPORTED };
enum verdict { PASSED = 0, FAILED = 1, SKIPPED = 4 };

struct vector {
	const char *id, *comment, *rule;
	const char *skip;	/* why it cannot be run, or NULL */
	int page_size;		/* that it needs, or 0 */
	struct file { enum backing backing; int pages, mode; } files[MOST];
	struct map { int page, pages, flags, prot, file, offset; } maps[MOST];
	struct { int base; long long pages, bytes; } addr, len;
	unsigned long long flags;
	unsigned long long allowed;	/* a BIT for each outcome */
	const char *expected;		/* the same in words */
};

static enum verdict skip(const struct vector *v, int number, const char *why)
{
	printf("  ok %d %s # SKIP %s\n", number, v->id, why);
	return SKIPPED;
}

static enum verdict judge(const struct vector *v, int number, int outcome,
			  const char *got)
{
	if (v->allowed & BIT(outcome)) {
		printf("  ok %d %s\n", number, v->id);
		return PASSED;
	}
	printf("  # %s\n", v->comment);
	printf("  # expected %s, got %s\n", v->expected, got);
	printf("  not ok %d %s\n", number, v->id);
	return FAILED;
}

static int open_file(const struct file *file)
{
	static const struct {	/* perf_event_attr, as first published */
		uint32_t type, size;
		uint64_t config, unused[3];
		uint64_t disabled : 1, others : 4, exclude_kernel : 1;
		uint64_t wakeup_and_breakpoint[2];
	} dummy = { 1, 64, 9, { 0 }, 1, 0, 1, { 0 } };
	char name[32];
	int fd;

	if (file->backing == PERF)
		return syscall(SYS_perf_event_open, &dummy, 0, -1, -1, 0);
	fd = syscall(SYS_memfd_create, "msync-vector", 0);
	if (fd == -1 || ftruncate(fd, file->pages * PAGE) == -1)
		return -1;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return file->mode == O_RDWR ? fd : open(name, file->mode);
}

/* Returns why it cannot be done, or NULL. */
static const char *make_maps(const struct vector *v, char *arena)
{
	int fds[MOST + 1] = { -1 }, i;	/* files count from 1 */
	const struct map *m;

	for (i = 0; i < MOST && v->files[i].backing; i++) {
		fds[i + 1] = open_file(&v->files[i]);
		if (fds[i + 1] == -1)
			return v->files[i].backing == PERF ? "no perf events" :
							     "no memfd";
	}
	for (m = v->maps; m < v->maps + MOST && m->pages; m++) {
		if (mmap(arena + m->page * PAGE, m->pages * PAGE, m->prot,
			 m->flags | MAP_FIXED | (m->file ? 0 : MAP_ANONYMOUS),
			 fds[m->file], m->offset * PAGE) == MAP_FAILED)
			return strerror(errno);
	}
	return NULL;
}

static enum verdict attempt(const struct vector *v, int number)
{
	static const char *const names[CRASH] = {
		[0] = "0", [EINTR] = "EINTR", [EIO] = "EIO", [EBUSY] = "EBUSY",
		[EAGAIN] = "EAGAIN", [ENOMEM] = "ENOMEM", [EINVAL] = "EINVAL"
	};
	char *arena = mmap(NULL, 64 * PAGE, PROT_NONE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned long p0, addr, len;
	const char *why;
	int outcome;

	alarm(TIMEOUT);
	if (arena == MAP_FAILED || munmap(arena, 64 * PAGE) == -1)
		return skip(v, number, "no free address space");
	p0 = (unsigned long)arena + 16 * PAGE;	/* free on both sides */
	why = make_maps(v, (char *)p0);
	if (why)
		return skip(v, number, why);
	addr = v->addr.base * p0 + v->addr.pages * PAGE + v->addr.bytes;
	len = v->len.base * addr + v->len.pages * PAGE + v->len.bytes;
	errno = 0;
	syscall(SYS_msync, addr, len, (unsigned long)v->flags);
	outcome = errno < OTHER_ERROR ? errno : OTHER_ERROR;
	return judge(v, number, outcome,
		     names[outcome] ? names[outcome] : strerror(errno));
}

static enum verdict run(const struct vector *v, int number)
{
	int status;
	pid_t child;

	if (v->skip)
		return skip(v, number, v->skip);
	if (v->page_size && v->page_size != PAGE)
		return skip(v, number, "needs pages of another size");
	fflush(stdout);
	child = fork();
	if (child == 0)
		exit(attempt(v, number));
	if (child == -1 || waitpid(child, &status, 0) == -1)
		return skip(v, number, "no process to run it in");
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return judge(v, number, CRASH, strsignal(WTERMSIG(status)));
}

static enum verdict run_all(const struct vector *v, int count)
{
	int totals[SKIPPED + 1] = { 0 }, i;

	signal(SIGCHLD, SIG_DFL);	/* may be ignored, by inheritance */
	printf("  KTAP version 1\n  1..%d\n", count);
	for (i = 0; i < count; i++)
		totals[run(&v[i], i + 1)]++;
	printf("  # Totals: pass:%d fail:%d xfail:0 xpass:0 skip:%d "
	       "error:0\n", totals[PASSED], totals[FAILED], totals[SKIPPED]);
	if (totals[FAILED])
		return FAILED;
	return totals[PASSED] ? PASSED : SKIPPED;
}

static const struct vector vectors[] = {
	{
		.id = "msync-9eff4827",
		.comment =
			"The rule flags.unknown decides: EINVAL by "
			"flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-d432ee75",
		.comment =
			"At a boundary: flags is the highest bit of an int, "
			"which is unknown: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0x80000000,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-3db303c1",
		.comment =
			"The rule flags.unknown decides; without it "
			"range.empty would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-76f7135c",
		.comment =
			"The rule flags.unknown decides; without it "
			"address.unaligned would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-e7223e31",
		.comment =
			"The rule flags.unknown decides; without it "
			"range.wraps would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-b6a26cfb",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-a108c4d9",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EINVAL by "
			"flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-591a2b40",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-a62a804f",
		.comment =
			"At a boundary: the length is the largest of all, "
			"which is rounded up to 0: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, -1 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-995f5a5f",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-05ead33b",
		.comment =
			"At a boundary: the length is the smallest that is "
			"rounded up to 0: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 1 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-2ee1e9a3",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-9cb939ae",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-27904279",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-b7f23871",
		.comment =
			"At a boundary: the range ends one byte into the "
			"last page: rounded up, its end wraps to 0: EINVAL "
			"by flags.unknown.",
		.rule = "flags.unknown",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 1 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-a5b85ff8",
		.comment =
			"The rule flags.unknown decides; without it "
			"hole.reaches_end would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-633101f8",
		.comment =
			"The rule flags.unknown decides; without it "
			"hole.remembered would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-15081717",
		.comment =
			"The rule flags.unknown decides; without it "
			"file.no_fsync would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-494c3ed0",
		.comment =
			"The rule flags.unknown decides; without it "
			"file.fsync_error would: EINVAL by flags.unknown.",
		.rule = "flags.unknown",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | 0x8,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-984e6896",
		.comment =
			"The rule address.unaligned decides: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6e4da45c",
		.comment =
			"At a boundary: flags is MS_ASYNC: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-1ccf5807",
		.comment =
			"At a boundary: flags is MS_INVALIDATE: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-fb6fc089",
		.comment =
			"At a boundary: flags is MS_SYNC: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-976b4bba",
		.comment =
			"The rule address.unaligned decides; without it "
			"range.empty would: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-0c87fc41",
		.comment =
			"At a boundary: flags is MS_ASYNC and MS_INVALIDATE: "
			"EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-982196a5",
		.comment =
			"The rule address.unaligned decides; without it "
			"flags.async_and_sync would: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-35a42a09",
		.comment =
			"At a boundary: flags is MS_SYNC and MS_INVALIDATE: "
			"EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-f0bea521",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, 1 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-72821ee3",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-271cbedf",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, 4096 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-31e16ed4",
		.comment =
			"At a boundary: the length is the largest of all, "
			"which is rounded up to 0: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, -1 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-353f3195",
		.comment =
			"At a boundary: flags is the lowest bit that an int "
			"does not have: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = 0x100000000,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-7ccd27eb",
		.comment =
			"The rule address.unaligned decides; without it "
			"range.wraps would: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, -1, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-413275f6",
		.comment =
			"At a boundary: the length is the smallest that is "
			"rounded up to 0: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, -1, 1 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6ea0a9d2",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-2a775df2",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, 4294967296 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-04657a16",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 0, 2147483648 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-23f1502f",
		.comment =
			"At a boundary: the range ends one byte into the "
			"last page: rounded up, its end wraps to 0: EINVAL "
			"by address.unaligned.",
		.rule = "address.unaligned",
		.addr = { ARENA, 0, 1 },
		.len = { MINUS_ADDR, -1, 1 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-972d8b94",
		.comment =
			"The rule address.unaligned decides; without it "
			"hole.remembered would: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-f8cd5b73",
		.comment =
			"The rule address.unaligned decides; without it "
			"hole.async_stops would: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-7e6d62f9",
		.comment =
			"The rule address.unaligned decides; without it "
			"hole.reaches_end would: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.maps = {
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-bf49918b",
		.comment =
			"The rule address.unaligned decides; without it "
			"mapping.locked would: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-febaf94c",
		.comment =
			"The rule address.unaligned decides; without it "
			"file.no_fsync would: EINVAL by address.unaligned.",
		.rule = "address.unaligned",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-7719c87b",
		.comment =
			"The rule address.unaligned decides; without it "
			"file.fsync_error would: EINVAL by "
			"address.unaligned.",
		.rule = "address.unaligned",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 1 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-0c7ea78a",
		.comment =
			"The rule flags.async_and_sync decides: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-67256e5e",
		.comment =
			"At a boundary: flags is all three of the known "
			"flags: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-5194c0e2",
		.comment =
			"At a boundary: addr is 0: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-0ab7d4ef",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"range.empty would: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6f631048",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"range.wraps would: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6a353a1b",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-2311006a",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-f3f774be",
		.comment =
			"At a boundary: addr is 4096 bytes above a page, "
			"which is a page where pages are small: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 4096 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-b1d1bc64",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-cf895817",
		.comment =
			"At a boundary: the length is the largest of all, "
			"which is rounded up to 0: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, -1 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-600a50e7",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-04b8ef60",
		.comment =
			"At a boundary: the length is the smallest that is "
			"rounded up to 0: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 1 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-8b5026cd",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-17e7d74e",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-3d607d3c",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-486db5f4",
		.comment =
			"At a boundary: the range ends one byte into the "
			"last page: rounded up, its end wraps to 0: EINVAL "
			"by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 1 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-87a1608b",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_ASYNC|MS_SYNC: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-c9895598",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_SYNC: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-e9cb13be",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_ASYNC|MS_SYNC|MS_INVALIDATE: "
			"EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-d3320b3e",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"hole.reaches_end would: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-f865bba8",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_SYNC: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-4d748862",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_SYNC|MS_INVALIDATE: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-0278cd01",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"hole.remembered would: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-e9ba9c3b",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_SYNC|MS_INVALIDATE: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-ab92921f",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_ASYNC|MS_SYNC: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-adb7e1d0",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags MS_ASYNC|MS_SYNC: EINVAL "
			"by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-cbf6d280",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_ASYNC|MS_SYNC|MS_INVALIDATE: "
			"EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-e02688d1",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_ASYNC|MS_SYNC: EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6b62a5d8",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"mapping.locked would: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-930fd934",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_ASYNC|MS_SYNC|MS_INVALIDATE: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-4ea2cbb7",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_ASYNC|MS_SYNC: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6a6af33b",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_ASYNC|MS_SYNC|MS_INVALIDATE: "
			"EINVAL by flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-14ffe497",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"file.no_fsync would: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-e018e17a",
		.comment =
			"The rule flags.async_and_sync decides; without it "
			"file.fsync_error would: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-0bed1ce0",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags MS_ASYNC|MS_SYNC|MS_INVALIDATE: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-c867707d",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags "
			"MS_ASYNC|MS_SYNC|MS_INVALIDATE: EINVAL by "
			"flags.async_and_sync.",
		.rule = "flags.async_and_sync",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-efb7174b",
		.comment =
			"The rule range.wraps decides: ENOMEM by "
			"range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-ef6e7f02",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-1b639995",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 0, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-effc588a",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: ENOMEM by "
			"range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-91ca2804",
		.comment =
			"At a boundary: the range ends one byte into the "
			"last page: rounded up, its end wraps to 0: ENOMEM "
			"by range.wraps.",
		.rule = "range.wraps",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-307f1d06",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-5acc3de2",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-9a8d136b",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-0ec85aa8",
		.comment =
			"The rule range.wraps decides; without it "
			"hole.reaches_end would: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-f91227c9",
		.comment =
			"The rule range.wraps decides; without it "
			"hole.async_stops would: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-a6b41141",
		.comment =
			"The rule range.wraps decides; without it "
			"mapping.locked would: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-647616d8",
		.comment =
			"The rule range.wraps decides; without it "
			"file.no_fsync would: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-b5dce3d3",
		.comment =
			"The rule range.wraps decides; without it "
			"file.fsync_error would: ENOMEM by range.wraps.",
		.rule = "range.wraps",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-4b0c350b",
		.comment = "The rule range.empty decides: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-172cc93f",
		.comment =
			"At a boundary: flags is MS_ASYNC: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-f92b73ae",
		.comment =
			"At a boundary: flags is MS_INVALIDATE: 0 by "
			"range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-0dc0b433",
		.comment =
			"At a boundary: flags is MS_SYNC: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-83ac11cd",
		.comment = "At a boundary: addr is 0: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-16b303df",
		.comment =
			"At a boundary: flags is MS_ASYNC and MS_INVALIDATE: "
			"0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-ba683508",
		.comment =
			"At a boundary: flags is MS_SYNC and MS_INVALIDATE: "
			"0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-dd72a9da",
		.comment =
			"At a boundary: the length is the largest of all, "
			"which is rounded up to 0: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, -1 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-7b407d57",
		.comment =
			"At a boundary: addr is the last page of the address "
			"space: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ZERO, -1, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-30ba5b6d",
		.comment =
			"At a boundary: the length is the smallest that is "
			"rounded up to 0: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, -1, 1 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-8f46b87b",
		.comment =
			"At a boundary: addr is 4096 bytes above a page, "
			"which is a page where pages are small: 0 by "
			"range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 4096 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
		.page_size = 4096,
	},
	{
		.id = "msync-26efc5b4",
		.comment =
			"At a boundary: flags is the lowest bit that an int "
			"does not have: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0x100000000,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-f942482e",
		.comment =
			"At a boundary: the range ends one byte into the "
			"last page: rounded up, its end wraps to 0: 0 by "
			"range.empty.",
		.rule = "range.empty",
		.addr = { ZERO, 0, 0 },
		.len = { MINUS_ADDR, -1, 1 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-b8530bea",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: 0 by range.empty.",
		.rule = "range.empty",
		.addr = { ZERO, -1, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-6a2857e1",
		.comment =
			"The rule range.empty decides; without it "
			"hole.reaches_end would: 0 by range.empty.",
		.rule = "range.empty",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-6075a9d2",
		.comment =
			"The rule range.empty decides; without it "
			"hole.async_stops would: 0 by range.empty.",
		.rule = "range.empty",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-8d7dbcbd",
		.comment =
			"The rule range.empty decides; without it "
			"mapping.locked would: 0 by range.empty.",
		.rule = "range.empty",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-8674add5",
		.comment =
			"The rule range.empty decides; without it "
			"file.no_fsync would: 0 by range.empty.",
		.rule = "range.empty",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-2ae6205a",
		.comment =
			"The rule range.empty decides; without it "
			"file.fsync_error would: 0 by range.empty.",
		.rule = "range.empty",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-abdef080",
		.comment =
			"The rule hole.nothing_behind decides: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-5fb5bc2f",
		.comment =
			"At a boundary: flags is MS_ASYNC: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-fe1e7c23",
		.comment =
			"At a boundary: flags is MS_INVALIDATE: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-0694a2f0",
		.comment =
			"At a boundary: flags is MS_SYNC: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-398bea24",
		.comment =
			"At a boundary: addr is 0: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-a369998e",
		.comment =
			"At a boundary: flags is MS_ASYNC and MS_INVALIDATE: "
			"ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-009bc93b",
		.comment =
			"At a boundary: flags is MS_SYNC and MS_INVALIDATE: "
			"ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-45cada67",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-b8f5ad96",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-434ddd50",
		.comment =
			"At a boundary: addr is 4096 bytes above a page, "
			"which is a page where pages are small: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 4096 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.page_size = 4096,
	},
	{
		.id = "msync-ee761b76",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-c5de8b0c",
		.comment =
			"At a boundary: flags is the lowest bit that an int "
			"does not have: ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0x100000000,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-14f728a4",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-cab7b8fd",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-6788f0ea",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-2faf5393",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: ENOMEM by hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-9b8cab32",
		.comment =
			"At a boundary: the range begins with a mapping and "
			"ends in a hole, with nothing behind it: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-fe8b233e",
		.comment =
			"The walk passes hole.remembered on its way, and "
			"another rule decides: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-40fd97f0",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have hole.async_stops decide: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-684c5900",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have mapping.locked decide: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-b25ce30c",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.no_fsync decide: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-67b79224",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.fsync_error decide: ENOMEM by "
			"hole.nothing_behind.",
		.rule = "hole.nothing_behind",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-3d4a8520",
		.comment =
			"The rule hole.async_stops decides: ENOMEM by "
			"hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-ddc17f1d",
		.comment =
			"The rule hole.async_stops decides; without it "
			"hole.remembered would: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-bcafe198",
		.comment =
			"The rule hole.async_stops decides; without it "
			"hole.nothing_behind would: ENOMEM by "
			"hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-5c73e435",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-df40016d",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: ENOMEM by "
			"hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-4c1e4bd0",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-8063c1e0",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: ENOMEM by "
			"hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-ff11b872",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-c290d4fd",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-05183e78",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: ENOMEM by hole.async_stops.",
		.rule = "hole.async_stops",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = MS_ASYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-2b4ca92f",
		.comment =
			"The rule hole.reaches_end decides: ENOMEM by "
			"hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-2d2d9d93",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-c57a8c1f",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: ENOMEM by "
			"hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-30f99a7b",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-bdee2a77",
		.comment =
			"At a boundary: the range ends just before what "
			"would have mapping.locked decide: ENOMEM by "
			"hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-e54e752b",
		.comment =
			"At a boundary: the range ends just before what "
			"would have file.no_fsync decide: ENOMEM by "
			"hole.reaches_end.",
		.rule = "hole.reaches_end",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 1, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-c3426828",
		.comment =
			"At a boundary: the range ends just before what "
			"would have file.fsync_error decide: ENOMEM by "
			"hole.reaches_end.",
		.rule = "hole.reaches_end",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-21e12eb8",
		.comment =
			"At a boundary: the range begins with a mapping and "
			"ends in a hole, and what is mapped just behind it "
			"must not matter: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-56099199",
		.comment =
			"At a boundary: the range begins with a mapping and "
			"ends in a hole, and what is mapped just behind it "
			"must not matter: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-ca5bd4f5",
		.comment =
			"At a boundary: the range begins with a mapping and "
			"ends in a hole, and what is mapped just behind it "
			"must not matter: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-252e0fcf",
		.comment =
			"At a boundary: the range begins with a mapping and "
			"ends in a hole, and what is mapped just behind it "
			"must not matter: ENOMEM by hole.reaches_end.",
		.rule = "hole.reaches_end",
		.files = {
			{ SERVER, 3, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_SHARED, RW, 1, 2 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-48f96ea4",
		.comment =
			"The rule hole.remembered decides: ENOMEM by "
			"hole.remembered.",
		.rule = "hole.remembered",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-38751fa6",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: ENOMEM by "
			"hole.remembered.",
		.rule = "hole.remembered",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-0c70b5aa",
		.comment =
			"At a boundary: a hole lies between two mappings of "
			"the range, and what is behind it matters: ENOMEM by "
			"hole.remembered.",
		.rule = "hole.remembered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = 0,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-50e4d2b3",
		.comment =
			"At a boundary: a hole lies between two mappings of "
			"the range, and what is behind it matters: ENOMEM by "
			"hole.remembered, synced f0[2p,3p).",
		.rule = "hole.remembered",
		.files = {
			{ MEMFD, 3, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_SHARED, RW, 1, 2 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(ENOMEM),
		.expected = "ENOMEM",
	},
	{
		.id = "msync-722b04c1",
		.comment =
			"The rule mapping.locked decides: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-b7f6c346",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_INVALIDATE: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-10a18e73",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags MS_ASYNC|MS_INVALIDATE: "
			"EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-1682d742",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags MS_SYNC|MS_INVALIDATE: "
			"EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-61e4286b",
		.comment =
			"The rule mapping.locked decides; without it "
			"hole.nothing_behind would: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-daa408d6",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_ASYNC|MS_INVALIDATE: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-132a88e6",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_SYNC|MS_INVALIDATE: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-3e26c2d5",
		.comment =
			"The rule mapping.locked decides; without it "
			"hole.remembered would: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-2a2416ba",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-fb2b22df",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-09af8b80",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-4fa913a4",
		.comment =
			"At a boundary: addr is 4096 bytes above a page, "
			"which is a page where pages are small: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 4096 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
		.page_size = 4096,
	},
	{
		.id = "msync-9fcfc4d3",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-a0be9f73",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-e02a698f",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-554524d5",
		.comment =
			"At a boundary: addr is 0: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-eda7b2a1",
		.comment =
			"The rule mapping.locked decides; without it "
			"hole.reaches_end would: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-0ab9c530",
		.comment =
			"At a boundary: a hole lies between two mappings of "
			"the range, and what is behind it matters: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-980d7989",
		.comment =
			"The rule mapping.locked decides; without it "
			"file.no_fsync would: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-b2eddf85",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.no_fsync decide: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
	},
	{
		.id = "msync-c7561875",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.fsync_error decide: EBUSY by "
			"mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-321fc039",
		.comment =
			"The rule mapping.locked decides; without it "
			"file.fsync_error would: EBUSY by mapping.locked.",
		.rule = "mapping.locked",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EBUSY),
		.expected = "EBUSY",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-fdfed340",
		.comment =
			"The rule file.no_fsync decides: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-c95380c4",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags MS_SYNC|MS_INVALIDATE: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-d28697cd",
		.comment =
			"The rule file.no_fsync decides; without it "
			"hole.nothing_behind would: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-168d1980",
		.comment =
			"The rule file.no_fsync decides; without it "
			"hole.remembered would: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 1, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-6e82a4c1",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-f5836242",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-9642c7ba",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-c85da422",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-d570c76b",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = sizeof(long) == 8 ? NULL : "needs 64-bit registers",
	},
	{
		.id = "msync-ae302837",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-a4c32dc8",
		.comment =
			"At a boundary: the length is the largest multiple "
			"of the page size: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-1e0c1521",
		.comment =
			"The rule file.no_fsync decides; without it "
			"hole.reaches_end would: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-0f67ce6d",
		.comment =
			"At a boundary: a hole lies between two mappings of "
			"the range, and what is behind it matters: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-59384c88",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have mapping.locked decide: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-c4868e7f",
		.comment =
			"The rule file.no_fsync decides; without it "
			"mapping.locked would: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
	},
	{
		.id = "msync-3f92f340",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.fsync_error decide: EINVAL by "
			"file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ SERVER, 1, O_RDWR },
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_SHARED, RW, 2, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-68597fd2",
		.comment =
			"The rule file.no_fsync decides; without it "
			"file.fsync_error would: EINVAL by file.no_fsync.",
		.rule = "file.no_fsync",
		.files = {
			{ PERF, 1, O_RDWR },
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_SHARED, RW, 2, 1 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EINVAL),
		.expected = "EINVAL",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-af30fa61",
		.comment =
			"The rule file.fsync_error decides: EIO by "
			"file.fsync_error, synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-77c0b18c",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags "
			"MS_SYNC|MS_INVALIDATE: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-bbe03ee2",
		.comment =
			"The rule file.fsync_error decides; without it "
			"hole.nothing_behind would: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-67d30a20",
		.comment =
			"The rule file.fsync_error decides; without it "
			"hole.remembered would: EIO by file.fsync_error, "
			"synced f0[1p,2p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-ea5e7ac4",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-c4866e4c",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: EIO by "
			"file.fsync_error, synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-0fc58ee7",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: EIO by file.fsync_error, synced "
			"f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-1d472215",
		.comment =
			"At a boundary: addr is 4096 bytes above a page, "
			"which is a page where pages are small: EIO by "
			"file.fsync_error, synced f0[1p,2p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 0, 4096 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
		.page_size = 4096,
	},
	{
		.id = "msync-3058603b",
		.comment =
			"At a boundary: the range ends at the last page, the "
			"most that does not wrap: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { MINUS_ADDR, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-4e69f3ef",
		.comment =
			"At a boundary: the length is 2^32, of which 32 bits "
			"keep nothing: EIO by file.fsync_error, synced "
			"f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4294967296 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-35798d32",
		.comment =
			"At a boundary: the length is 2^31, which is "
			"negative as an int: EIO by file.fsync_error, synced "
			"f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 2147483648 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-b5c5a239",
		.comment =
			"At a boundary: addr is 0: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ZERO, 0, 0 },
		.len = { ZERO, -1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-afbb5b5c",
		.comment =
			"The rule file.fsync_error decides; without it "
			"hole.reaches_end would: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-d1de26ff",
		.comment =
			"At a boundary: a hole lies between two mappings of "
			"the range, and what is behind it matters: EIO by "
			"file.fsync_error, synced f0[2p,3p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 3, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_SHARED, RW, 1, 2 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 3, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-eb0cd18e",
		.comment =
			"The rule file.fsync_error decides; without it "
			"mapping.locked would: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-fd7bad75",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have mapping.locked decide: EIO by "
			"file.fsync_error, synced f0[1p,2p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-f8213165",
		.comment =
			"The rule file.fsync_error decides; without it "
			"file.no_fsync would: EIO by file.fsync_error, "
			"synced f0[0,1p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ SERVER, 1, O_RDWR },
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_SHARED, RW, 2, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 2, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-9d80ee29",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.no_fsync decide: EIO by "
			"file.fsync_error, synced f1[1p,2p)!EIO.",
		.rule = "file.fsync_error",
		.files = {
			{ PERF, 1, O_RDWR },
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_SHARED, RW, 2, 1 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(EIO),
		.expected = "EIO",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-7e4e026e",
		.comment =
			"The rule range.covered decides: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-ac1f812d",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags 0: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-417a2f71",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-71d66f21",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-df891d36",
		.comment =
			"The walk passes mapping.private on its way, and "
			"another rule decides: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-a0e88f8f",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags 0: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-7ccdd76f",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags MS_ASYNC: "
			"0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-943ecf25",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags "
			"MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-e239b906",
		.comment =
			"The walk passes mapping.synced on its way, and "
			"another rule decides: 0 by range.covered, synced "
			"f0[0,1p).",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-a803ca7b",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_ASYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-78b04928",
		.comment =
			"The call is about one page of private anonymous "
			"memory, with flags MS_SYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-eea7da1c",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have hole.remembered decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-fec455be",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-89bee8d7",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-64623c3d",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_SYNC: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-695ae55a",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-61f869d1",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), with flags "
			"MS_SYNC|MS_INVALIDATE: 0 by range.covered, synced "
			"f0[0,1p).",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-6f9a5e40",
		.comment =
			"At a boundary: the length is one byte, which is "
			"rounded up to a page: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 1 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-b977b472",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags 0: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-af91c7fb",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have hole.async_stops decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-bfd21518",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_ASYNC|MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-5aad255a",
		.comment =
			"The call is about one page of a private mapping of "
			"a file (memfd: memfd_create(2)), with flags "
			"MS_SYNC|MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-9629f4a5",
		.comment =
			"At a boundary: the length is 4096 bytes, whatever a "
			"page is: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 0, 4096 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-f56072af",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags 0: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-6671a34b",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-60839d88",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-484cb479",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_SYNC: 0 by range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-31c4d1ae",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"0: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-d76686cd",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags MS_ASYNC: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-ff9ea260",
		.comment =
			"The call is about one page of private anonymous "
			"memory, locked, with flags MS_SYNC: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-f6fc185f",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_ASYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-6b56b1c1",
		.comment =
			"The call is about one page of shared anonymous "
			"memory, with flags MS_SYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-4e145c75",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-df3a23fb",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), locked, with flags "
			"MS_SYNC: 0 by range.covered, synced f0[0,1p).",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED | MAP_LOCKED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-9b77ab61",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags 0: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-9236a67b",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-7d34e26f",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-ea8c29a8",
		.comment =
			"The walk passes mapping.read_only_file on its way, "
			"and another rule decides: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-480b9448",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags 0: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-8fa7c119",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags 0: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-a88d7057",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_ASYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-cdaa4255",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (memfd: memfd_create(2)), opened for reading "
			"only, with flags MS_SYNC|MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ MEMFD, 1, O_RDONLY }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, PROT_READ, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-2ecc1c45",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags MS_ASYNC: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-134cf45e",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-90e56f1b",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags MS_ASYNC: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-f914eb92",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags MS_INVALIDATE: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-ce3563b2",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (perf: the control page of a perf event), with "
			"flags MS_ASYNC|MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-17dc3886",
		.comment =
			"The call is about one page of a shared mapping of a "
			"file (fuse: a file whose server answers fsync as "
			"the scenario says), with flags "
			"MS_ASYNC|MS_INVALIDATE: 0 by range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC | MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-a0741bc3",
		.comment =
			"At a boundary: the range ends just before what "
			"would have hole.reaches_end decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-24087e37",
		.comment =
			"At a boundary: the range ends just before what "
			"would have hole.async_stops decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 2, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_ASYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-1c87e86a",
		.comment =
			"At a boundary: the length is a page and one byte, "
			"which is rounded up to two pages: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 1 },
		.flags = 0,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-c172044f",
		.comment =
			"At a boundary: the range ends just before what "
			"would have mapping.locked decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 1, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-78a96c6d",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have mapping.locked decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.maps = {
			{ 0, 1, MAP_PRIVATE | MAP_LOCKED, RW, 0, 0 },
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_INVALIDATE,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-9d6544a8",
		.comment =
			"At a boundary: the range ends just before what "
			"would have file.no_fsync decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 0 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-5dfc4d11",
		.comment =
			"At a boundary: the range ends just before what "
			"would have file.fsync_error decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 2, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_PRIVATE, RW, 0, 0 },
			{ 1, 1, MAP_SHARED, RW, 1, 1 }
		},
		.addr = { ARENA, 0, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
	{
		.id = "msync-819aeca9",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.no_fsync decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ PERF, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
	},
	{
		.id = "msync-0d55aa04",
		.comment =
			"At a boundary: the range begins just behind what "
			"would have file.fsync_error decide: 0 by "
			"range.covered.",
		.rule = "range.covered",
		.files = {
			{ SERVER, 1, O_RDWR }
		},
		.maps = {
			{ 0, 1, MAP_SHARED, RW, 1, 0 },
			{ 1, 1, MAP_PRIVATE, RW, 0, 0 }
		},
		.addr = { ARENA, 1, 0 },
		.len = { ZERO, 1, 0 },
		.flags = MS_SYNC,
		.allowed = BIT(0),
		.expected = "0",
		.skip = "needs a file server that answers fsync as told",
	},
};

int main(void)
{
	const struct vector *v, *end = vectors +
		sizeof(vectors) / sizeof(vectors[0]);
	enum verdict one, all = SKIPPED;
	int tests = 0, number = 0, size;

	for (v = vectors; v < end; v++)
		tests += v == vectors || strcmp(v[-1].rule, v->rule) != 0;
	printf("KTAP version 1\n1..%d\n", tests);
	for (v = vectors; v < end; v += size) {
		size = 1;
		while (v + size < end && strcmp(v[size].rule, v->rule) == 0)
			size++;
		one = run_all(v, size);
		printf("%sok %d %s%s\n", one == FAILED ? "not " : "", ++number,
		       v->rule, one == SKIPPED ? " # SKIP nothing ran" : "");
		if (one == FAILED || all == SKIPPED)
			all = one;
	}
	return all;
}
