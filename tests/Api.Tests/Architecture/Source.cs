namespace Galley.Tests.Architecture;

/// <summary>The product's source files, by folder. A pattern that matches no file is a mistake in the test, not a pass.</summary>
internal sealed record Source(string Path, string Text)
{
    private static readonly string Root = FindRoot();

    public IReadOnlyList<string> Lines => Text.Split('\n');

    /// <summary>All C# files below a folder of src/Api; all of them for an empty one.</summary>
    public static IReadOnlyList<Source> Files(string folder = "", string pattern = "*.cs")
    {
        var directory = System.IO.Path.Combine(Root, "src", "Api", folder);
        var files = Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories)
            .Select(path => new Source(System.IO.Path.GetRelativePath(Root, path), File.ReadAllText(path)))
            .Where(file => !file.Path.Contains("/bin/", StringComparison.Ordinal) && !file.Path.Contains("/obj/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();

        Assert.NotEmpty(files);
        return files;
    }

    public bool Uses(string name) => Text.Contains(name, StringComparison.Ordinal);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(System.IO.Path.Combine(directory.FullName, "Api.sln")))
            directory = directory.Parent;

        return directory?.FullName ?? throw new InvalidOperationException("Tests run inside the repository: Api.sln was not found above them.");
    }
}
