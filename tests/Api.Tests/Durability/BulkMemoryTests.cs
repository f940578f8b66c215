using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Galley.Tests.Manage.Bulk;

namespace Galley.Tests.Durability;

/// <summary>However much is sent, and whether or not its sender reads meanwhile, the server holds a little of it at a time.</summary>
public sealed class BulkMemoryTests
{
    private const long Warm = 4L << 20;
    private const long Much = 64L << 20;

    // What 64 MiB may add to what 4 MiB took: held whole, as text and as objects, they would add more than 128.
    private const long MostMore = 40L << 20;

    [Fact]
    public async Task Sixty_four_mebibytes_take_hardly_more_than_four()
    {
        using var directory = new TemporaryDirectory();
        using var server = await ServerProcess.StartAsync(Path.Combine(directory.Path, "galley.db"));
        using var client = server.NewClient();
        await SendAsync(client, Warm);
        var before = server.MostMemory;

        var lines = await SendAsync(client, Much);

        Assert.True(lines > 10_000, $"There were {lines} lines.");
        Assert.True(server.MostMemory - before < MostMore, $"It took {before >> 20} MiB at most before and {server.MostMemory >> 20} after.");
    }

    // A dry run: what is asked here is how lines are taken and told, not how long the disk takes to keep them.
    private static async Task<long> SendAsync(HttpClient client, long bytes)
    {
        using var response = await client.PostAsync($"{BulkRequests.Address}?dryRun=true", new Lines(bytes));
        var outcome = BulkOutcome.Read(await response.Content.ReadAsStringAsync());
        Assert.NotNull(outcome.End);
        Assert.All(outcome.Results, result => Assert.Equal(201, result.GetProperty("status").GetInt32()));
        return outcome.Results.Count;
    }

    private sealed class Lines : HttpContent
    {
        private static readonly string Text = string.Join("\n\n", Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("paragraph of a story", 25)), 10));

        private readonly long _bytes;

        public Lines(long bytes)
        {
            _bytes = bytes;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var (sent, number) = (0L, 0); sent < _bytes; number++)
            {
                var article = new { language = "en", status = "published", headline = "Headline", body = new { text = Text } };
                byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(new { source = "bulk", externalId = $"s{number}", article }), (byte)'\n'];
                await stream.WriteAsync(line);
                sent += line.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
