using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Galley.Benchmarks;

/// <summary>What a load came to.</summary>
internal sealed record LoadResult(long Requests, TimeSpan Wall, TimeSpan ServerCpu, double MedianMilliseconds, double P99Milliseconds)
{
    public double CpuMicroseconds => ServerCpu.TotalMicroseconds / Requests;

    public double PerSecond => Requests / Wall.TotalSeconds;
}

/// <summary>Closed-loop load over keep-alive connections: each sends its next request when it has its answer. Cheap enough that the server is the limit.</summary>
internal static class Load
{
    private const int Warmup = 200;
    private const int MostWarmups = 8;
    private const double Settled = 0.97;

    private const double WarmupSeconds = 4;

    /// <summary>Loads a server whose code is still being compiled, for as long as a request still becomes cheaper: as it is on a server that has been up for a while.</summary>
    public static async Task SettleAsync(ServerProcess server, int connections, Func<int, int, byte[]> request)
    {
        // One at a time first: code is compiled twice, on the core that answers, and a crowd leaves the compiler next to nothing of it.
        await SettleAsync(() => WarmAsync(server, 1, WarmupSeconds, request));
        await WarmAsync(server, connections, WarmupSeconds / 2, request);
    }

    /// <summary>Has something done whose CPU time a request it answers, for as long as that falls.</summary>
    public static async Task SettleAsync(Func<Task<double>> warm)
    {
        var (before, after) = (double.MaxValue, await warm());
        for (var i = 1; i < MostWarmups && after < Settled * before; i++)
            (before, after) = (after, await warm());
    }

    /// <summary>Runs for <paramref name="seconds"/>; <paramref name="request"/> makes the bytes of the n-th request of a connection. Anything but the expected status is an error. Each connection waits for <paramref name="pause"/> between two.</summary>
    public static async Task<LoadResult> RunAsync(ServerProcess server, int connections, double seconds, int status, Func<int, int, byte[]> request, TimeSpan pause = default)
    {
        var clients = new List<Client>();
        for (var i = 0; i < connections; i++)
            clients.Add(await Client.ConnectAsync(server.Address, status));

        await Task.WhenAll(clients.Select((client, i) => client.RunAsync(n => request(i, n), stop: null, Warmup / connections + 1)));
        var (cpu, watch) = (server.CpuTime, Stopwatch.StartNew());
        var end = watch.Elapsed + TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(clients.Select((client, i) => client.RunAsync(n => request(i, n), () => watch.Elapsed >= end, int.MaxValue, pause)));
        var result = new LoadResult(clients.Sum(client => client.Measured), watch.Elapsed, server.CpuTime - cpu, Percentile(clients, 0.5), Percentile(clients, 0.99));

        clients.ForEach(client => client.Dispose());
        return result;
    }

    // It may turn some away meanwhile.
    private static async Task<double> WarmAsync(ServerProcess server, int connections, double seconds, Func<int, int, byte[]> request)
    {
        var (cpu, watch, requests) = (server.CpuTime, Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async i =>
        {
            using var client = await Client.ConnectAsync(server.Address, status: 0);
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                await client.RunAsync(n => request(i, n), stop: null, 1);
                Interlocked.Increment(ref requests);
            }
        }));
        return (server.CpuTime - cpu) / requests / TimeSpan.FromMicroseconds(1);
    }

    private static double Percentile(List<Client> clients, double fraction)
    {
        var times = clients.SelectMany(client => client.Times).Order().ToList();
        return times.Count == 0 ? 0 : times[(int)((times.Count - 1) * fraction)].TotalMilliseconds;
    }

    private sealed class Client(Socket socket, int status) : IDisposable
    {
        private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
        private static readonly byte[] LengthName = "Content-Length: "u8.ToArray();

        private readonly byte[] _buffer = new byte[256 * 1024];
        private readonly byte[] _expected = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} ");
        private int _sent;

        public List<TimeSpan> Times { get; } = [];

        public long Measured => Times.Count;

        public static async Task<Client> ConnectAsync(Uri address, int status)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            return new Client(socket, status);
        }

        public async Task RunAsync(Func<int, byte[]> request, Func<bool>? stop, int most, TimeSpan pause = default)
        {
            for (var i = 0; i < most && stop?.Invoke() != true; i++)
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause);

                var begin = Stopwatch.GetTimestamp();
                await socket.SendAsync(request(_sent++));
                var isExpected = await ReceiveAsync();
                // A server that has only just begun may turn a crowd away.
                if (stop is null)
                    continue;

                Times.Add(Stopwatch.GetElapsedTime(begin));
                if (!isExpected)
                    throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer, 0, 2_000));
            }
        }

        public void Dispose() => socket.Dispose();

        private async ValueTask<bool> ReceiveAsync()
        {
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(_buffer.AsMemory(length));
                if (received == 0)
                    throw new IOException("The server hung up.");

                length += received;
                var answer = _buffer.AsSpan(0, length);
                if (answer.IndexOf(HeadEnd) is >= 0 and var head && length >= head + HeadEnd.Length + BodyLength(answer[..head]))
                    break;
            }

            return _buffer.AsSpan(0, length).StartsWith(_expected);
        }

        private static int BodyLength(ReadOnlySpan<byte> head)
        {
            if (head.IndexOf(LengthName) is not (>= 0 and var at))
                return 0;

            var value = 0;
            foreach (var digit in head[(at + LengthName.Length)..])
            {
                if (digit is < (byte)'0' or > (byte)'9')
                    break;

                value = (value * 10) + digit - '0';
            }

            return value;
        }
    }
}
