using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>RFC 3339 as it is read and written.</summary>
public sealed class InstantTests
{
    [Theory]
    [InlineData("2024-12-01T17:05:00Z", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01t17:05:00z", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T17:05:00+00:00", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T17:05:00-00:00", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T19:05:00+02:00", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T11:35:00-05:30", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-02T16:04:00+22:59", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T17:05:00.5Z", "2024-12-01T17:05:00.500Z")]
    [InlineData("2024-12-01T17:05:00.05Z", "2024-12-01T17:05:00.050Z")]
    [InlineData("2024-12-01T17:05:00.005Z", "2024-12-01T17:05:00.005Z")]
    [InlineData("2024-12-01T17:05:00.000Z", "2024-12-01T17:05:00Z")]
    [InlineData("2024-12-01T17:05:00.123456789+01:00", "2024-12-01T16:05:00.123Z")]
    [InlineData("2024-12-01T17:05:00.999999Z", "2024-12-01T17:05:00.999Z")]
    [InlineData("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("1700-01-01T00:00:00Z", "1700-01-01T00:00:00Z")]
    [InlineData("2200-12-31T23:59:59.999Z", "2200-12-31T23:59:59.999Z")]
    public void An_instant_with_an_offset_is_read_and_written_in_utc(string sent, string written)
    {
        Assert.True(Instant.TryParse(sent, out var instant));
        Assert.Equal(written, instant.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-12-01")]
    [InlineData("2024-12-01T17:05:00")]
    [InlineData("2024-12-01T17:05Z")]
    [InlineData("2024-12-01 17:05:00Z")]
    [InlineData("2024-12-01T17:05:00+0100")]
    [InlineData("2024-12-01T17:05:00+01")]
    [InlineData("2024-12-01T17:05:00+24:00")]
    [InlineData("2024-12-01T17:05:00+01:60")]
    [InlineData("2024-12-01T24:00:00Z")]
    [InlineData("2024-12-01T17:60:00Z")]
    [InlineData("2024-12-01T17:05:60Z")]
    [InlineData("2024-02-30T00:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-12-01T17:05:00.Z")]
    [InlineData("2024-12-01T17:05:00.1234567890Z")]
    [InlineData("2024-12-01T17:05:00Z\n")]
    [InlineData(" 2024-12-01T17:05:00Z")]
    [InlineData("1733072700")]
    [InlineData("٢٠٢٤-12-01T17:05:00Z")]
    [InlineData("1699-12-31T23:59:59.999Z")]
    [InlineData("2201-01-01T00:00:00Z")]
    [InlineData("2200-12-31T23:59:59-01:00")]
    [InlineData("0001-01-01T00:00:00+23:59")]
    [InlineData("9999-12-31T23:59:59-23:59")]
    public void Anything_else_is_refused(string sent) => Assert.False(Instant.TryParse(sent, out _));
}
