using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Galley.Tests.Contract;
using Galley.Tests.Durability;
using Galley.Tests.Support;

namespace Galley.Tests.Hostile.Fuzz;

/// <summary>One sender: asks, has each answer compared with the contract, and remembers what was wrong.</summary>
internal sealed class FuzzWorker : IDisposable
{
    private const int OneInRaw = 8;

    private const int MostRead = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _client;
    private readonly FuzzDice _dice;
    private readonly FuzzFindings _findings;
    private readonly Known _known;
    private readonly FuzzRequests _requests;
    private readonly Uri _server;

    public FuzzWorker(ServerProcess server, int seed, IReadOnlyList<string> keys, FuzzFindings findings)
    {
        _server = server.Address;
        _findings = findings;
        _dice = new FuzzDice(seed);
        _known = new Known(_dice);
        _requests = new FuzzRequests(ContractDocument.Committed, _dice, _known, keys);
        _client = new HttpClient(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })) { BaseAddress = _server, Timeout = Patience };
    }

    public async Task SendAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            var request = _requests.Next();
            if (_dice.OneIn(OneInRaw))
                await SendRawAsync(request.Operation, _dice.Mutate(request.ToBytes(_server.Authority)));
            else if (request.ToMessage() is { } message)
                await SendAsync(request, message);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync(FuzzRequest request, HttpRequestMessage message)
    {
        using var sent = message;
        try
        {
            // A stream is let go of as soon as it has begun; everything else the handler has read.
            using var response = await _client.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)response.StatusCode;
            var text = status >= 500 || response.Content.Headers.ContentType?.MediaType == "application/x-ndjson" || (status is 200 or 201 && response.Content.Headers.ContentEncoding.Count == 0 && response.Content.Headers.ContentType?.MediaType == "application/json") ? await response.Content.ReadAsStringAsync() : string.Empty;
            _findings.Note(status);
            if (status >= 500 && !IsOverload(status, text))
                _findings.Add($"{request.Operation} answered {status}", request.ToString(), text);
            else if (request.Operation == "PushArticles" && text.Contains("\"code\":\"internal\"", StringComparison.Ordinal))
                _findings.Add("A line failed", request.ToString(), text);
            else if (status is 200 or 201 && response.Content.Headers.ContentType?.MediaType == "application/json" && text.Length > 0)
                Learn(request.Operation, JsonElement.Parse(text));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it is: a broken connection, an answer against the contract, one that cannot be read.
            _findings.Add($"{request.Operation}: {FirstLines(exception)}", request.ToString(), exception.ToString());
        }
    }

    private void Learn(string operation, JsonElement answer)
    {
        _known.Learn(operation, answer);
        if (operation is "CreateKey" && answer.TryGetProperty("key", out var key))
            _requests.Note(key.GetString()!);
    }

    private static bool IsOverload(int status, string text) => status == 503 && text.Contains("\"code\":\"overloaded\"", StringComparison.Ordinal);

    // Where a request is no longer one, the parser may say anything but that the server failed, or nothing.
    private async Task SendRawAsync(string operation, byte[] request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var late = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(_server.Host, _server.Port, late.Token);
            await socket.SendAsync(request, late.Token);
            Judge(operation, request, await ReadAsync(socket, late.Token));
        }
        catch (SocketException)
        {
            // It has hung up on what is no HTTP: that too is an answer.
            _findings.Note(0);
        }
        catch (OperationCanceledException)
        {
            _findings.Add($"{operation}: bytes were not answered in {Patience.TotalSeconds} s", FuzzRequest.Shown(request), string.Empty);
        }
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken cancel)
    {
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        var reading = socket.ReceiveAsync(buffer, cancel).AsTask();
        // It may wait for what will not come. Whoever says at once that nothing will is taken for gone, and not answered; and where accidents have
        // struck that the connection is to be closed, it is kept open behind the answer.
        await Task.WhenAny(reading, Task.Delay(Moment, cancel));
        socket.Shutdown(SocketShutdown.Send);
        for (var count = await reading; count > 0 && received.Length < MostRead; count = await socket.ReceiveAsync(buffer, cancel))
            received.Write(buffer, 0, count);

        return Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
    }

    private void Judge(string operation, byte[] request, string received)
    {
        if (received.Length == 0)
        {
            _findings.Note(0);
            return;
        }

        var status = received.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(received.AsSpan(9, 3), out var number) ? number : -1;
        _findings.Note(status);
        var end = received.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (received, string.Empty) : (received[..end], received[(end + 4)..]);
        // That the version of HTTP is not supported (505) only the parser says.
        if (status < 100 || (status >= 500 && !IsOverload(status, body) && !(status == 505 && body.Length == 0)))
            _findings.Add($"{operation}: bytes were answered {status}", FuzzRequest.Shown(request), received);
        else if (status >= 400 && body.Length > 0 && !head.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase))
            _findings.Add($"{operation}: bytes were answered {status} without a problem", FuzzRequest.Shown(request), received);
    }

    private static string FirstLines(Exception exception) => string.Join(' ', exception.Message.Split('\n').Skip(exception is BrokenContractException ? 1 : 0).Take(1)).Trim();
}
