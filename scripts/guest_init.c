/* SPDX-License-Identifier: MIT */
/*
 * The first process of a guest: runs /msyncspec with its own arguments, prints how that ended, and
 * powers the machine off. Mounts what a usual system has, unless the first argument is "bare".
 */
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void mount_usual(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mkdir("/tmp", 01777);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mkdir("/dev/shm", 01777);
	mount("tmpfs", "/dev/shm", "tmpfs", 0, NULL);
}

/* Copies what comes out of a pipe to the console, so that the program sees no terminal. */
static void copy_out(int from)
{
	char buffer[4096];
	ssize_t got;

	while ((got = read(from, buffer, sizeof(buffer))) > 0)
		if (write(STDOUT_FILENO, buffer, (size_t)got) != got)
			break;
}

int main(int argc, char **argv)
{
	int first = 1, status = 0, output[2];
	pid_t child;

	if (argc > 1 && strcmp(argv[1], "bare") == 0)
		first = 2;
	else
		mount_usual();
	if (pipe(output) != 0)
		return 1;
	child = fork();
	if (child == 0) {
		dup2(output[1], STDOUT_FILENO);
		dup2(output[1], STDERR_FILENO);
		close(output[0]);
		close(output[1]);
		argv[first - 1] = "/msyncspec";
		execv("/msyncspec", argv + first - 1);
		_exit(127);
	}
	close(output[1]);
	copy_out(output[0]);
	while (child > 0 && waitpid(child, &status, 0) != child)
		;
	if (child > 0 && WIFEXITED(status))
		printf("guest: exit status %d\n", WEXITSTATUS(status));
	else
		printf("guest: died, wait status 0x%x\n", (unsigned)status);
	fflush(stdout);
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
