using System.Security.Cryptography;
using System.Text;
using Galley.Content;

namespace Galley.Storage;

/// <summary>The keys of this installation, all derived from one secret in the database, so that a backup keeps cursors, tags and API keys valid.</summary>
internal sealed class Secrets(Database database, Randomness randomness) : IHostedService
{
    /// <summary>The purpose of tags that stand for bytes.</summary>
    public const string EntityTags = "etag";

    private const string Root = "root";
    private const int TagLength = 16;

    private byte[]? _root;

    /// <summary>The key for one purpose; two purposes never share one.</summary>
    public byte[] For(string purpose) => For(_root ?? throw new InvalidOperationException("The secrets are not loaded."), purpose);

    /// <summary>The same for a root that was read elsewhere.</summary>
    public static byte[] For(byte[] root, string purpose) => HMACSHA256.HashData(root, Encoding.UTF8.GetBytes(purpose));

    /// <summary>A keyed hash: equal bytes have equal tags, and nobody can test a guess of bytes he has not seen.</summary>
    public static byte[] TagOf(byte[] key, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(key, bytes)[..TagLength];

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
