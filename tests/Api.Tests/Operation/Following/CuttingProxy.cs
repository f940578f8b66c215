using System.Net;
using System.Net.Sockets;

namespace Galley.Tests.Operation.Following;

/// <summary>Stands between a client and a server, and cuts connections at any byte and any moment, with a reset or as if all were said.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private const int MostBytes = 400_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Uri> _server;
    private readonly Random _random = new(1);
    private int _cuts;

    public CuttingProxy(Func<Uri> server)
    {
        _server = server;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How many connections it has cut, at a byte or a moment.</summary>
    public int Cuts => _cuts;

    /// <summary>True: connections are left alone from now on.</summary>
    public bool IsCalm { get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var (bytes, time, isReset) = (_random.Next(MostBytes), Longest * _random.NextDouble(), _random.Next(2) == 0);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server().Port);
            using var cut = new CancellationTokenSource(IsCalm ? Timeout.InfiniteTimeSpan : time);
            await await Task.WhenAny(PumpAsync(client, server, int.MaxValue, cut.Token), PumpAsync(server, client, IsCalm ? int.MaxValue : bytes, cut.Token));
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cuts);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two has gone.
        }

        if (isReset)
            client.LingerState = new LingerOption(true, 0);
        client.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, int most, CancellationToken cut)
    {
        var buffer = new byte[16 * 1024];
        for (var left = most; left > 0;)
        {
            var received = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left)), cut);
            if (received == 0)
                return;

            await to.SendAsync(buffer.AsMemory(0, received), cut);
            left -= most == int.MaxValue ? 0 : received;
        }

        Interlocked.Increment(ref _cuts);
    }
}
