using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Manage.Bulk;
using Galley.Tests.Support;

namespace Galley.Tests.Durability;

/// <summary>The real server as a process of its own, on a port it chooses.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private const int Terminate = 15;

    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _errors = new();
    private readonly Process _process;
    private HttpClient? _client;

    private ServerProcess(string database, IEnumerable<string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.ChangeExtension(typeof(Program).Assembly.Location, ".dll"), "--urls=http://127.0.0.1:0", $"--Galley:Database={database}", $"--Galley:AdminKey={Newsroom.AdminKey}",
            "--Galley:PublicUrl=https://news.example.org", .. settings,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.OutputDataReceived += (_, _) => { };
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The server did not start: {Errors}"));
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>What it wrote to stderr so far: its log, or why it did not start.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>The most that it ever held in memory, in bytes.</summary>
    public long MostMemory => MemoryOf("VmHWM:");

    /// <summary>What it holds in memory now, in bytes.</summary>
    public long Memory => MemoryOf("VmRSS:");

    public int Id => _process.Id;

    public Uri Address => _address.Task.Result;

    /// <summary>Starts one, and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string database, params string[] settings)
    {
        var server = new ServerProcess(database, settings);
        try
        {
            await server._address.Task.WaitAsync(TimeSpan.FromSeconds(60));
            server._client = server.NewClient();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Starts one that is expected to refuse: its exit code, and what it said.</summary>
    public static async Task<(int ExitCode, string Said)> RefuseAsync(string database, params string[] settings)
    {
        using var server = new ServerProcess(database, settings);
        return (await server.ExitAsync(), server.Errors);
    }

    public HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Newsroom.AdminKey);
        return client;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string target, object? body)
    {
        using var request = new HttpRequestMessage(method, target) { Content = body is null ? null : Json.Body(body) };
        using var response = await _client!.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Answer((int)response.StatusCode, System.Text.Json.JsonElement.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes));
    }

    /// <summary>Sends lines, and hands over each of the answer; throws where that was cut.</summary>
    public async Task<Answer> SendLinesAsync(string target, string lines, Action<System.Text.Json.JsonElement> told)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = BulkRequests.Raw(lines) };
        using var response = await _client!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!response.IsSuccessStatusCode)
            return new Answer((int)response.StatusCode, System.Text.Json.JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()));

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var line = await reader.ReadLineAsync(); line is not null; line = await reader.ReadLineAsync())
        {
            var result = System.Text.Json.JsonElement.Parse(line);
            if (result.TryGetProperty("end", out _))
                return new Answer((int)response.StatusCode, result);

            told(result);
        }

        throw new IOException("The answer was cut.");
    }

    /// <summary>SIGKILL: it cannot even notice.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM: it is asked to stop.</summary>
    public void AskToStop() => Signal(_process, Terminate);

    public static void Signal(Process process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    public async Task<int> ExitAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(late.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();

        _client?.Dispose();
        _process.Dispose();
    }

    private long MemoryOf(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;

        lock (_errors)
            _errors.AppendLine(line);

        // In a log of JSON something follows.
        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0]));
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
