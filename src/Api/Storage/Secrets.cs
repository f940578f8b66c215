using System.Security.Cryptography;
using System.Text;
using Galley.Content;

namespace Galley.Storage;

/// <summary>The keys of this installation, all derived from one secret in the database, so that a backup keeps cursors, tags and API keys valid.</summary>
internal sealed class Secrets(Database database, Randomness randomness)
{
    private const string Root = "root";

    private readonly Lazy<byte[]> _root = new(() => LoadOrMake(database.Writer, randomness));

    /// <summary>The key for one purpose; two purposes never share one.</summary>
    public byte[] For(string purpose) => HMACSHA256.HashData(_root.Value, Encoding.UTF8.GetBytes(purpose));

    // Before the writer's thread starts, the connection is ours.
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
