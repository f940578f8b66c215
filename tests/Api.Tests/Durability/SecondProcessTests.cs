using System.Diagnostics;
using Xunit.Abstractions;

namespace Galley.Tests.Durability;

/// <summary>One file has one server.</summary>
public sealed class SecondProcessTests(ITestOutputHelper output)
{
    private const int InUse = 75;

    [Theory]
    [InlineData("galley.db")]
    [InlineData("link.db")]
    [InlineData("linked/galley.db")]
    [InlineData("linked/../linked/link.db")]
    public async Task Is_refused_under_every_name_of_the_file_and_writes_nothing(string name)
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateSymbolicLink(directory.File("linked"), directory.Path);
        File.CreateSymbolicLink(directory.File("link.db"), directory.File("galley.db"));
        using var first = await ServerProcess.StartAsync(directory.File("galley.db"));
        var before = FilesOf(directory);

        var watch = Stopwatch.StartNew();
        var (exitCode, said) = await ServerProcess.RefuseAsync(directory.File(name));
        output.WriteLine($"refused in {watch.ElapsedMilliseconds} ms");

        Assert.Equal(InUse, exitCode);
        Assert.Equal($"Another process uses {Path.GetFullPath(directory.File(name))}. Stop it first: one process serves one file.", said.TrimEnd());
        Assert.Equal(before, FilesOf(directory));
    }

    [Fact]
    public async Task Is_refused_where_the_first_made_the_file_through_a_link()
    {
        using var directory = new TemporaryDirectory();
        File.CreateSymbolicLink(directory.File("link.db"), directory.File("galley.db"));
        using var first = await ServerProcess.StartAsync(directory.File("link.db"));

        var (exitCode, _) = await ServerProcess.RefuseAsync(directory.File("galley.db"));

        Assert.Equal(InUse, exitCode);
    }

    [Fact]
    public async Task Is_let_in_once_the_first_is_dead()
    {
        using var directory = new TemporaryDirectory();
        using var first = await ServerProcess.StartAsync(directory.File("galley.db"));
        first.Kill();

        using var second = await ServerProcess.StartAsync(directory.File("galley.db"));

        Assert.Equal(200, (await second.SendAsync(HttpMethod.Get, "/health/ready", null)).Status);
    }

    private static IEnumerable<string> FilesOf(TemporaryDirectory directory) =>
        Directory.EnumerateFiles(directory.Path).Order(StringComparer.Ordinal).Where(path => Path.GetExtension(path) is ".db" or ".db-wal")
            .Select(path => $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(ReadShared(path)))}").ToList();

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
