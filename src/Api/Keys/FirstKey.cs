using Galley.Http;
using Galley.Storage;

namespace Galley.Keys;

/// <summary>Where the configuration names no admin key, one is made at the first start and printed once.</summary>
internal sealed class FirstKey(Writer writer, KeyWriter keys, KeyOptions options) : IHostedService
{
    private static readonly AuditAuthor AtStart = new("start", nameof(FirstKey), TraceId: null);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.AdminKey is not null)
            return;

        var made = await writer.WriteAsync(MakeAsync);
        if (made is not null)
            await Console.Out.WriteLineAsync($"Admin key, shown only this once: {made}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async ValueTask<string?> MakeAsync(WriteSession write)
    {
        if (await write.FindAsync<long>("select count(*) from api_key") > 0)
            return null;

        var (id, key, _) = await keys.MakeAsync(write, "admin", KeyScope.All);
        await write.AddAuditAsync(AtStart, new Audited("key", id, Audited.Created));
        return key;
    }
}
