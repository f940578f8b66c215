using System.Diagnostics;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>The whole server, whose system calls fail as on a broken, full or read-only disk: what it answers, what it says, and how it ends. Only where a tracer may make them fail.</summary>
public sealed class InjectedFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int CannotWrite = 74;

    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _acknowledged = [];
    private int _sent;

    private string Database => _directory.File("galley.db");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("1+")]
    public async Task A_failed_sync_ends_it_with_a_line_and_a_code_and_nothing_acknowledged_is_lost(string when)
    {
        using (var server = await ServerProcess.StartAsync(Database, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"))
        {
            await PushAsync(server);
            using var tracer = await Tracer.AttachAsync(server, $"fsync,fdatasync:error=EIO:when={when}", Database, Database + "-wal");
            if (tracer is null)
                return;

            var told = new List<string>();
            for (var push = 0; push < 4 && told is [] or [.., "201"]; push++)
                told.Add(await PushAsync(server));

            output.WriteLine(string.Join(' ', told));
            Assert.Equal("storage-unavailable", told[^1]);
            Assert.Equal(CannotWrite, await server.ExitAsync());
            var line = server.Errors.TrimEnd().Split('\n')[^1];
            Assert.Equal($"The disk did not keep what was written to {Database}, and Galley has stopped: SQLite Error 10: 'disk I/O error'. Nothing that was answered is lost. See to the disk, then start again.", line);
        }

        await AssertKeptAsync();
    }

    [Theory]
    [InlineData("pwrite64", "ENOSPC", "1", "storage-full")]
    [InlineData("pwrite64", "ENOSPC", "1+", "storage-full")]
    [InlineData("pwrite64", "ENOSPC", "9+", "storage-full")]
    [InlineData("pwrite64", "EIO", "1", "storage-unavailable")]
    [InlineData("pwrite64", "EIO", "1+", "storage-unavailable")]
    [InlineData("pwrite64", "EROFS", "3+", "storage-unavailable")]
    public async Task A_write_that_fails_is_not_acknowledged_readers_are_served_and_it_goes_on_by_itself(string call, string error, string when, string problem)
    {
        using (var server = await ServerProcess.StartAsync(Database, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information"))
        {
            await PushAsync(server);
            var told = new List<string>();
            using (var tracer = await Tracer.AttachAsync(server, $"{call}:error={error}:when={when}", Database, Database + "-wal"))
            {
                if (tracer is null)
                    return;

                for (var push = 0; push < 4; push++)
                {
                    told.Add(await PushAsync(server));
                    Assert.Equal(200, (await server.SendAsync(HttpMethod.Get, "/v1/articles", null)).Status);
                    Assert.Equal(200, (await server.SendAsync(HttpMethod.Get, "/health/ready", null)).Status);
                }

                await tracer.HasStruck.WaitAsync(TimeSpan.FromSeconds(5));
            }

            output.WriteLine(string.Join(' ', told));
            Assert.Empty(told.Except(["201", problem]));
            Assert.Equal(when.EndsWith('+'), told.Contains(problem));
            Assert.Equal("201", await PushAsync(server));
            server.Kill();
        }

        await AssertKeptAsync();
    }

    [Theory]
    [InlineData("openat", "EIO", "1+")]
    [InlineData("openat", "ENOSPC", "1+")]
    [InlineData("openat", "EROFS", "1+")]
    [InlineData("fsync,fdatasync", "EIO", "1")]
    [InlineData("fsync,fdatasync", "EIO", "2")]
    [InlineData("fsync,fdatasync", "EIO", "1+")]
    [InlineData("pwrite64", "ENOSPC", "1+")]
    public async Task A_backup_that_fails_is_none_and_the_server_goes_on(string call, string error, string when)
    {
        using var server = await ServerProcess.StartAsync(Database, "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        await PushAsync(server);
        using (var tracer = await Tracer.AttachAsync(server, $"{call}:error={error}:when={when}", _directory.File("backups/backup.part"), _directory.File("backups")))
        {
            if (tracer is null)
                return;

            var answer = await server.SendAsync(HttpMethod.Post, "/v1/manage/ops/backup", null);

            await tracer.HasStruck.WaitAsync(TimeSpan.FromSeconds(5));
            Assert.True(answer.IsOutage, $"{answer.Status} {answer.Body}");
            Assert.Equal("201", await PushAsync(server));
        }

        Assert.Empty(Directory.GetFiles(_directory.File("backups"), "*.db"));
        Assert.True((await server.SendAsync(HttpMethod.Post, "/v1/manage/ops/backup", null)).IsSuccess);
        DatabaseInvariants.AssertHold(Assert.Single(Directory.GetFiles(_directory.File("backups"))));
    }

    private async Task<string> PushAsync(ServerProcess server)
    {
        var name = $"story-{_sent++}";
        var answer = await server.SendAsync(HttpMethod.Put, $"/v1/manage/sources/wire/articles/{name}?createMissing=sections,tags", Given.Article().Build());
        if (answer.IsSuccess)
            _acknowledged.Add($"wire/{name}");
        return answer.IsSuccess ? "201" : answer.Text("code");
    }

    private async Task AssertKeptAsync()
    {
        using var server = await ServerProcess.StartAsync(Database);
        Assert.Equal("201", await PushAsync(server));
        Assert.Empty(_acknowledged.Except(StoredTakes.Read(Database).Keys));
        DatabaseInvariants.AssertHold(Database);
    }

    /// <summary>Lets system calls of a running server fail that are about some files.</summary>
    private sealed class Tracer : IDisposable
    {
        private readonly Process _process;
        private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Tracer(Process process) => _process = process;

        public Task HasStruck => _struck.Task;

        /// <summary>Null where there is no tracer, or it may not trace.</summary>
        public static async Task<Tracer?> AttachAsync(ServerProcess server, string fault, params string[] files)
        {
            if (!File.Exists("/usr/bin/strace"))
                return null;

            var start = new ProcessStartInfo("/usr/bin/strace") { RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in new[] { "-f", "-p", $"{server.Id}", "-e", $"trace={fault.Split(':')[0]}", "-e", $"inject={fault}" }.Concat(files.SelectMany(file => new[] { "-P", file })))
                start.ArgumentList.Add(argument);

            var tracer = new Tracer(new Process { StartInfo = start, EnableRaisingEvents = true });
            var isAttached = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            tracer._process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data?.Contains("(INJECTED)", StringComparison.Ordinal) == true)
                    tracer._struck.TrySetResult();
                if (line.Data?.Contains(" attached", StringComparison.Ordinal) == true)
                    isAttached.TrySetResult(true);
            };
            tracer._process.Exited += (_, _) => isAttached.TrySetResult(false);
            tracer._process.Start();
            tracer._process.BeginErrorReadLine();
            if (await isAttached.Task.WaitAsync(TimeSpan.FromSeconds(30)))
                return tracer;

            tracer.Dispose();
            return null;
        }

        public void Dispose()
        {
            // It lets go of the server when it is asked to end.
            if (!_process.HasExited)
                ServerProcess.Signal(_process, 15);
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
