using System.Security.Cryptography;
using System.Text;
using Galley.Content;

namespace Galley.Storage;

/// <summary>The keys of this installation, all derived from one secret in the database, so that a backup keeps cursors, tags and API keys valid.</summary>
internal sealed class Secrets(Database database, Randomness randomness) : IHostedService
{
    private const string Root = "root";

    private byte[]? _root;

    /// <summary>The key for one purpose; two purposes never share one.</summary>
    public byte[] For(string purpose) => HMACSHA256.HashData(_root ?? throw new InvalidOperationException("The secrets are not loaded."), Encoding.UTF8.GetBytes(purpose));

    // Not at the first use: that may be inside a writer's group which is rolled back later, and a key made of a secret that nobody kept opens nothing.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _root = LoadOrMake(database.Writer, randomness);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static byte[] LoadOrMake(WriterConnection writer, Randomness randomness)
    {
        var stored = writer.Statements.FindAsync<byte[]>("select value from secret where name = @Root", new { Root }).Completed();
        if (stored is not null)
            return stored;

        var made = randomness.NewSecret();
        writer.Statements.ExecuteAsync("insert into secret (name, value) values (@Root, @made)", new { Root, made }).Completed();
        return made;
    }
}
