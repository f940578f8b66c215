using System.Text.RegularExpressions;
using Galley.Tool;

namespace Galley.Tests.Operation;

/// <summary>What README tells operators is what the executable and the image do.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Read("README.md");
    private static readonly string Dockerfile = Read("Dockerfile");

    [Fact]
    public void The_table_of_settings_has_each_with_its_default()
    {
        var rows = SettingRow().Matches(Readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value);

        Assert.Equal(GalleyOptions.Settings.Select(setting => $"Galley:{setting.Name}").Prepend("urls"), rows.Keys);
        Assert.All(GalleyOptions.Settings.Where(setting => setting.Default is not null), setting => Assert.Equal($"`{setting.Default}`", rows[$"Galley:{setting.Name}"]));
    }

    [Fact]
    public void The_exit_codes_are_those_that_the_executable_ends_with() =>
        Assert.Contains($"**Exit codes**: {string.Join(" · ", ExitCodes.All.Select(each => $"{each.Code} {each.Meaning}"))}.", Readme.Replace("`", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void The_container_is_run_as_the_image_was_made()
    {
        var run = ContainerRun().Match(Readme).Value;

        Assert.Contains("--env Galley__PublicUrl=https://", run, StringComparison.Ordinal);
        Assert.Contains("--env Galley__AdminKey=", run, StringComparison.Ordinal);
        Assert.Contains("--volume galley:/data", run, StringComparison.Ordinal);
        Assert.Contains("--publish 8080:8080", run, StringComparison.Ordinal);
        foreach (var line in new[] { "VOLUME /data", "EXPOSE 8080", "ASPNETCORE_URLS=http://0.0.0.0:8080", "Galley__Database=/data/" })
            Assert.Contains(line, Dockerfile, StringComparison.Ordinal);
    }

    /// <summary>The code block that stands behind the comment <c>&lt;!-- name --&gt;</c>.</summary>
    public static string Block(string name)
    {
        var lines = Readme.Split('\n').SkipWhile(line => line != $"<!-- {name} -->").Skip(2).TakeWhile(line => line != "```").ToList();
        Assert.NotEmpty(lines);
        return string.Join('\n', lines);
    }

    private static string Read(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Api.sln")))
            directory = directory.Parent!;

        return File.ReadAllText(Path.Combine(directory.FullName, name));
    }

    [GeneratedRegex(@"^\| `(?<key>urls|Galley:\w+)` \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^docker run (?:.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex ContainerRun();
}
